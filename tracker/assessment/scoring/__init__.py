"""The scoring engine (计分引擎): pure, exact, explainable. No web, no database.

book = read_book(text)            # or a Book made from stored evidence
result = score(book)              # totals, ranks, grades, node results, traces
result_json(result)               # the form of the trial command
score(book, explain=False)        # the same without traces, fast for large books
explain_unit(book, "u1")          # the trace of one unit alone
"""

from tracker.assessment.scoring.book import Award, Book, Grade, Indicator, Rounding, Scheme, Unit
from tracker.assessment.scoring.engine import ENGINE_VERSION, explain_unit, score, trial
from tracker.assessment.scoring.problems import BookProblem, FaultyBook
from tracker.assessment.scoring.reading import read_book
from tracker.assessment.scoring.results import Line, Result, UnitResult, result_json

__all__ = [
    "ENGINE_VERSION",
    "Award",
    "Book",
    "BookProblem",
    "FaultyBook",
    "Grade",
    "Indicator",
    "Line",
    "Result",
    "Rounding",
    "Scheme",
    "Unit",
    "UnitResult",
    "explain_unit",
    "read_book",
    "result_json",
    "score",
    "trial",
]
