"""Who may open what, in one place: every route with its roles. A route that is not listed fails the test beside this.

Change a line here only together with the page, and only after asking who it is for: this list is what people who answer
for the system read. For which units a role counts is decided by the queries; see `docs/permissions.md`.
"""

from __future__ import annotations

from tracker.accounts.roles import PUBLIC, SIGNED_IN, Role

READERS: set[str] = {Role.LEAD_OFFICE, Role.LEADER, Role.EVALUATOR, Role.REPORTER, Role.REVIEWER}
"""Who reads plans and tasks: each as far as the queries let them."""

SCORES: set[str] = {Role.EVALUATOR, Role.LEAD_OFFICE, Role.LEADER}
"""Who reads schemes and runs whole; leaders see runs once they are published."""

WHOLE: set[str] = {Role.LEAD_OFFICE, Role.LEADER, Role.EVALUATOR}
"""Who reads spot checks."""

DRAWING: set[str] = {Role.LEAD_OFFICE, Role.EVALUATOR}
"""Who registers findings, verifies that they are put right, and draws spot checks."""

ACCESS: dict[str, set[str]] = {
    "accounts.change_password": {SIGNED_IN},  # POST /account/password
    "accounts.open_session": {PUBLIC},  # POST /sign-in
    "accounts.password": {SIGNED_IN},  # GET /account/password
    "accounts.set_language": {PUBLIC},  # POST /language/<locale>
    "accounts.sign_in": {PUBLIC},  # GET /sign-in
    "accounts.sign_out": {SIGNED_IN},  # POST /sign-out
    "admin.act": {Role.ADMIN},  # GET /units/acts/<act_id>
    "admin.acts": {Role.ADMIN},  # GET /units/acts
    "admin.add_alias": {Role.ADMIN},  # POST /units/<unit_id>/aliases
    "admin.add_person": {Role.ADMIN},  # POST /people/new
    "admin.add_unit": {Role.ADMIN},  # POST /units/new
    "admin.audit": {Role.LEAD_OFFICE, Role.ADMIN},  # GET /audit
    "admin.change_person": {Role.ADMIN},  # POST /people/<person_id>
    "admin.collective": {Role.ADMIN},  # GET /collectives/<collective_id>
    "admin.collectives": {Role.ADMIN},  # GET /collectives
    "admin.correct_unit": {Role.ADMIN},  # POST /units/<unit_id>
    "admin.directory_sheet": {Role.ADMIN},  # GET /units/directory.xlsx
    "admin.disable": {Role.ADMIN},  # POST /people/<person_id>/disable
    "admin.duplicates": {Role.ADMIN},  # GET /units/duplicates
    "admin.enable": {Role.ADMIN},  # POST /people/<person_id>/enable
    "admin.end_unit": {Role.ADMIN},  # POST /units/<unit_id>/end
    "admin.find_units": {Role.ADMIN},  # GET /units/search.json
    "admin.give_role": {Role.ADMIN},  # POST /people/<person_id>/roles
    "admin.import_units": {Role.ADMIN},  # GET /units/import
    "admin.keep_collective": {Role.ADMIN},  # POST /collectives
    "admin.new_act": {Role.ADMIN},  # GET /units/acts/new/<kind>
    "admin.new_collective": {Role.ADMIN},  # GET /collectives/new
    "admin.new_person": {Role.ADMIN},  # GET /people/new
    "admin.new_unit": {Role.ADMIN},  # GET /units/new
    "admin.order_act": {Role.ADMIN},  # POST /units/acts/new/<kind>
    "admin.people": {Role.ADMIN},  # GET /people
    "admin.person": {Role.ADMIN},  # GET /people/<person_id>
    "admin.place_unit": {Role.ADMIN},  # POST /units/<unit_id>/place
    "admin.reset_password": {Role.ADMIN},  # POST /people/<person_id>/password
    "admin.take_back_alias": {Role.ADMIN},  # POST /units/<unit_id>/aliases/<alias_id>/take-back
    "admin.take_role": {Role.ADMIN},  # POST /people/<person_id>/roles/<grant_id>/withdraw
    "admin.take_in_units": {Role.ADMIN},  # POST /units/import
    "admin.unit": {Role.ADMIN},  # GET /units/<unit_id>
    "admin.units": {Role.ADMIN},  # GET /units
    "admin.verified_audit": {Role.ADMIN, Role.LEAD_OFFICE},  # GET /audit/verify
    "admin.verify_audit": {Role.LEAD_OFFICE, Role.ADMIN},  # POST /audit/verify
    "admin.withdraw_act": {Role.ADMIN},  # POST /units/acts/<act_id>/withdraw
    "assessment.adopt_scheme": {Role.EVALUATOR},  # POST /schemes/<scheme_id>/adopt
    "assessment.ask_for_sheet": SCORES,  # POST /runs/<run_id>/scoresheet.xlsx
    "assessment.ask_robustness": {Role.EVALUATOR},  # POST /runs/<run_id>/studies/robustness
    "assessment.ask_what_if": {Role.EVALUATOR},  # POST /runs/<run_id>/studies/what-if
    "assessment.awaited": {Role.EVALUATOR},  # GET /schemes/<scheme_id>/panel/awaited
    "assessment.compare": SCORES,  # GET /runs/<run_id>/units/<unit_id>/compare
    "assessment.create_scheme": {Role.EVALUATOR},  # POST /schemes
    "assessment.decide_notice": {Role.EVALUATOR},  # POST /notices/<notice_id>/decide
    "assessment.edit_scheme": {Role.EVALUATOR},  # GET /schemes/<scheme_id>/edit
    "assessment.enter_fact": {Role.EVALUATOR},  # POST /schemes/<scheme_id>/facts/<unit_id>
    "assessment.enter_marks": {Role.EVALUATOR},  # POST /schemes/<scheme_id>/marks
    "assessment.evaluators": {Role.EVALUATOR, Role.LEAD_OFFICE},  # GET /runs/<run_id>/evaluators
    "assessment.excuse": {Role.EVALUATOR},  # POST /schemes/<scheme_id>/panel/excuse
    "assessment.fact_evidence": READERS,  # GET /facts/<fact_id>/evidence
    "assessment.facts": {Role.EVALUATOR},  # GET /schemes/<scheme_id>/facts
    "assessment.facts_home": {Role.EVALUATOR},  # GET /facts
    "assessment.facts_of_unit": {Role.EVALUATOR},  # GET /schemes/<scheme_id>/facts/<unit_id>
    "assessment.fill_marks": {Role.EVALUATOR},  # POST /schemes/<scheme_id>/marks/workbook
    "assessment.import_scheme_page": {Role.EVALUATOR},  # GET /schemes/import
    "assessment.invite": {Role.EVALUATOR},  # POST /schemes/<scheme_id>/panel
    "assessment.marks": {Role.EVALUATOR},  # GET /schemes/<scheme_id>/marks
    "assessment.my_scores": {Role.REPORTER, Role.REVIEWER},  # GET /my-scores
    "assessment.new_run": {Role.EVALUATOR},  # GET /runs/new
    "assessment.new_scheme": {Role.EVALUATOR},  # GET /schemes/new
    "assessment.new_version": {Role.EVALUATOR},  # POST /schemes/<scheme_id>/version
    "assessment.notice": {Role.EVALUATOR, Role.REPORTER, Role.REVIEWER},  # GET /notices/<notice_id>
    "assessment.notice_evidence": {Role.EVALUATOR, Role.REPORTER, Role.REVIEWER},  # GET /notices/<notice_id>/evidence
    "assessment.notices": {Role.EVALUATOR, Role.REPORTER, Role.REVIEWER},  # GET /notices
    "assessment.panel": {Role.EVALUATOR},  # GET /schemes/<scheme_id>/panel
    "assessment.publish_run": {Role.EVALUATOR},  # POST /runs/<run_id>/publish
    "assessment.publishing_run": {Role.EVALUATOR},  # GET /runs/<run_id>/publish
    "assessment.recheck_run": SCORES,  # GET /runs/<run_id>/recheck
    "assessment.reply_to_notice": {Role.REPORTER, Role.REVIEWER},  # POST /notices/<notice_id>/reply
    "assessment.run": SCORES,  # GET /runs/<run_id>
    "assessment.run_against": SCORES,  # GET /runs/<run_id>/against
    "assessment.runs": SCORES,  # GET /runs
    "assessment.save_scheme": {Role.EVALUATOR},  # POST /schemes/<scheme_id>/edit
    "assessment.scheme": SCORES,  # GET /schemes/<scheme_id>
    "assessment.scheme_differences": SCORES,  # GET /schemes/<scheme_id>/changes/<since_id>
    "assessment.scheme_sheet": SCORES,  # GET /schemes/<scheme_id>/scheme.xlsx
    "assessment.schemes": SCORES,  # GET /schemes
    "assessment.scoresheet": SCORES,  # GET /runs/<run_id>/scoresheet.xlsx
    "assessment.say_self_score": {Role.REPORTER, Role.REVIEWER},  # POST /my-scores/self/<scheme_id>/<unit_id>
    "assessment.self_evidence": READERS,  # GET /my-scores/self/files/<score_id>
    "assessment.self_score": {Role.REPORTER, Role.REVIEWER},  # GET /my-scores/self/<scheme_id>/<unit_id>
    "assessment.self_scores": {Role.REPORTER, Role.REVIEWER},  # GET /my-scores/self
    "assessment.start_run": {Role.EVALUATOR},  # POST /runs
    "assessment.studies": {Role.EVALUATOR, Role.LEAD_OFFICE},  # GET /runs/<run_id>/studies
    "assessment.study": {Role.EVALUATOR, Role.LEAD_OFFICE},  # GET /runs/<run_id>/studies/<study_id>
    "assessment.take_in_scheme": {Role.EVALUATOR},  # POST /schemes/import
    "assessment.take_back_recusal": {Role.EVALUATOR},  # POST /schemes/<scheme_id>/panel/take-back
    "assessment.trial_scheme": {Role.EVALUATOR},  # GET /schemes/<scheme_id>/trial
    "assessment.try_edited": {Role.EVALUATOR},  # POST /schemes/<scheme_id>/edit/trial
    "assessment.unit": READERS,  # GET /runs/<run_id>/units/<unit_id>
    "assessment.unit_beside": READERS,  # GET /runs/<run_id>/units/<unit_id>/against
    "assessment.unit_sheet": READERS,  # GET /runs/<run_id>/units/<unit_id>/scoresheet.xlsx
    "assessment.unit_slip": READERS,  # GET /runs/<run_id>/units/<unit_id>/slip.docx
    "assessment.withdraw": {Role.EVALUATOR},  # GET /facts/<fact_id>/withdraw
    "assessment.withdraw_fact": {Role.EVALUATOR},  # POST /facts/<fact_id>/withdraw
    "assessment.withdraw_run": {Role.EVALUATOR},  # POST /runs/<run_id>/withdraw
    "assessment.withdrawing_run": {Role.EVALUATOR},  # GET /runs/<run_id>/withdraw
    "dashboard.burden": {Role.LEAD_OFFICE, Role.LEADER},  # GET /burden
    "dashboard.burden_of": {Role.LEAD_OFFICE, Role.LEADER},  # GET /burden/<unit_id>
    "dashboard.burden_workbook": {Role.LEAD_OFFICE, Role.LEADER},  # GET /burden.xlsx
    "dashboard.index": {Role.LEAD_OFFICE, Role.LEADER, Role.EVALUATOR},  # GET /dashboard
    "desk.cancel_job": {SIGNED_IN},  # POST /jobs/<job_id>/cancel
    "desk.download": {SIGNED_IN},  # GET /exports/files/<job_id>
    "desk.export": READERS,  # GET /exports/<name>.xlsx
    "desk.exports": READERS,  # GET /exports
    "desk.finding": READERS,  # GET /find
    "desk.index": {SIGNED_IN},  # GET /
    "desk.job": {SIGNED_IN},  # GET /jobs/<job_id>
    "desk.job_status": {SIGNED_IN},  # GET /jobs/<job_id>/status
    "desk.jobs": {SIGNED_IN},  # GET /jobs
    "desk.start_export": READERS,  # POST /exports/<name>
    "drafts.accept_certain": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/units/certain
    "drafts.accept_finding": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/findings/<finding_id>/accept
    "drafts.add_task": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/tasks
    "drafts.adopt": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/adopt
    "drafts.adoption": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/adopt
    "drafts.arrange": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/tasks/<task_id>/arrange
    "drafts.blank_template": {Role.LEAD_OFFICE},  # GET /drafts/template.xlsx
    "drafts.bulk": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/bulk
    "drafts.certain": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/units/certain
    "drafts.choose": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/units/choose
    "drafts.correct_field": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/tasks/<task_id>/<field>
    "drafts.correct_header": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/header
    "drafts.correct_many": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/bulk
    "drafts.create_unit": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/units/create
    "drafts.discard": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/discard
    "drafts.drop_workbook": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/workbooks/<workbook_id>/drop
    "drafts.edit_field": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/tasks/<task_id>/<field>
    "drafts.expression": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/units/one
    "drafts.forget_choice": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/units/forget
    "drafts.forget_memory": {Role.LEAD_OFFICE},  # POST /drafts/memory/<kind>/<memory_id>/forget
    "drafts.header": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/header
    "drafts.index": {Role.LEAD_OFFICE},  # GET /drafts
    "drafts.lay_out": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/layout
    "drafts.layout": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/layout
    "drafts.memory": {Role.LEAD_OFFICE},  # GET /drafts/memory
    "drafts.merge_up": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/tasks/<task_id>/merge
    "drafts.move": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/tasks/<task_id>/move
    "drafts.original": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/original
    "drafts.presence": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/presence
    "drafts.read_anew": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/reread
    "drafts.receive_edition": {Role.LEAD_OFFICE},  # POST /plans/<plan_id>/revision
    "drafts.remove_task": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/tasks/<task_id>/remove
    "drafts.renewal": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/reread
    "drafts.reopen_finding": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/findings/<finding_id>/reopen
    "drafts.restore_task": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/tasks/<task_id>/restore
    "drafts.return_workbook": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/workbooks
    "drafts.returned_workbook": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/workbooks/<workbook_id>
    "drafts.review": {Role.LEAD_OFFICE, Role.LEADER, Role.EVALUATOR},  # GET /drafts/<draft_id>
    "drafts.revise": {Role.LEAD_OFFICE},  # GET /plans/<plan_id>/revision
    "drafts.split": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/tasks/<task_id>/split
    "drafts.take_in_workbook": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/workbooks/<workbook_id>
    "drafts.task": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/tasks/<task_id>
    "drafts.undo": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/undo
    "drafts.undo_field": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/tasks/<task_id>/<field>/undo
    "drafts.undo_header": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/header/undo
    "drafts.units": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/units
    "drafts.upload": {Role.LEAD_OFFICE},  # POST /drafts
    "drafts.workbook": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/workbook.xlsx
    "drafts.workbooks": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/workbooks
    "drafts.write_workbook": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/workbook
    "plans.change_policy": {Role.LEAD_OFFICE},  # POST /plans/<plan_id>/policy
    "plans.correct": {Role.LEAD_OFFICE},  # GET /tasks/<task_id>/correct
    "plans.correct_task": {Role.LEAD_OFFICE},  # POST /tasks/<task_id>/correct
    "plans.find_units": READERS,  # GET /units/find.json
    "plans.index": READERS,  # GET /plans
    "plans.plan": READERS,  # GET /plans/<plan_id>
    "plans.policy": {Role.LEAD_OFFICE},  # GET /plans/<plan_id>/policy
    "plans.task": READERS,  # GET /tasks/<task_id>
    "progress.add_phrase": {Role.LEAD_OFFICE},  # POST /phrases
    "progress.adopt_edition": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/comparison/adopt
    "progress.adoption": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/comparison/adopt
    "progress.archive_plan": {Role.LEAD_OFFICE},  # POST /plans/<plan_id>/archive
    "progress.arrived": {Role.REPORTER},  # GET /obligations/<id>/evidence/pieces
    "progress.arrived_below": {Role.REPORTER},  # GET /passed/<id>/reports/<obligation>/evidence/pieces
    "progress.all_kits": {Role.LEAD_OFFICE},  # GET /kits
    "progress.ask_for": {Role.REPORTER, Role.REVIEWER},  # POST /requests/new/<kind>/<id>
    "progress.ask_question": {Role.LEAD_OFFICE, Role.REPORTER, Role.REVIEWER},  # POST /obligations/<id>/questions/new
    "progress.assignment": READERS,  # GET /assignments/<id>
    "progress.assignments": {Role.REPORTER, Role.REVIEWER},  # GET /assignments
    "progress.attach": {Role.REPORTER},  # POST /obligations/<id>/evidence
    "progress.attach_to_part": {Role.REPORTER},  # POST /passed/<id>/reports/<obligation>/evidence
    "progress.batch": {Role.REPORTER},  # GET /assignments/reports
    "progress.begin_check": {Role.LEAD_OFFICE},  # POST /checks/<return>/seen
    "progress.calendar": {Role.ADMIN, Role.LEAD_OFFICE},  # GET /calendar
    "progress.change_light_rules": {Role.LEAD_OFFICE},  # POST /plans/<plan_id>/lights/<key>
    "progress.change_lights": {Role.LEAD_OFFICE},  # POST /plans/<plan_id>/lights
    "progress.check": {Role.LEAD_OFFICE},  # GET /checks/<return>
    "progress.checks": {Role.LEAD_OFFICE},  # GET /checks
    "progress.choose_files": {Role.REPORTER},  # GET /obligations/<id>/files
    "progress.claim_task": {Role.REPORTER, Role.REVIEWER},  # POST /tasks/<id>/claim
    "progress.collectives_of_plan": {Role.LEAD_OFFICE},  # GET /plans/<plan_id>/collectives
    "progress.comparison": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/comparison
    "progress.decide_check": {Role.LEAD_OFFICE},  # POST /checks/<return>
    "progress.decide_claim": {Role.LEAD_OFFICE},  # GET /claims/<id>
    "progress.decide_on": {Role.LEAD_OFFICE},  # GET /requests/<id>
    "progress.decide_request": {Role.LEAD_OFFICE},  # POST /requests/<id>
    "progress.decide_review": {Role.REVIEWER},  # POST /reviews/<return>
    "progress.detach": {Role.REPORTER},  # POST /obligations/<id>/evidence/<file>/remove
    "progress.detach_from_part": {Role.REPORTER},  # POST /passed/<id>/reports/<obligation>/evidence/<file>/remove
    "progress.drop_kit": {Role.LEAD_OFFICE, Role.REPORTER},  # POST /kits/returned/<id>/drop
    "progress.editions": {Role.LEAD_OFFICE, Role.LEADER, Role.EVALUATOR},  # GET /plans/<plan_id>/editions
    "progress.end_passing_of": {Role.REPORTER, Role.REVIEWER},  # POST /passed/<id>/end
    "progress.end_suspension": {Role.LEAD_OFFICE, Role.REVIEWER},  # POST /assignments/<id>/resume
    "progress.evidence": READERS,  # GET /evidence/<file>
    "progress.expand_again": {Role.LEAD_OFFICE},  # POST /plans/<plan_id>/collectives
    "progress.from_below": {Role.REPORTER, Role.REVIEWER},  # GET /passed/below
    "progress.give_all_kits": {Role.LEAD_OFFICE},  # POST /kits
    "progress.give_kit": {Role.REPORTER},  # POST /assignments/kits
    "progress.hand_back": {Role.LEAD_OFFICE},  # GET /hand-backs/<id>
    "progress.hand_backs": {Role.LEAD_OFFICE},  # GET /hand-backs
    "progress.hand_in": {Role.REPORTER},  # POST /obligations/<id>/report
    "progress.import_calendar": {Role.ADMIN, Role.LEAD_OFFICE},  # POST /calendar
    "progress.issue": {Role.LEAD_OFFICE},  # GET /plans/<id>/issue
    "progress.issue_again": {Role.LEAD_OFFICE},  # GET /plans/<plan_id>/issue/again
    "progress.issue_list": {Role.LEAD_OFFICE},  # GET /plans/<id>/issue/list
    "progress.issue_plan": {Role.LEAD_OFFICE},  # POST /plans/<id>/issue
    "progress.issue_waiting": {Role.LEAD_OFFICE},  # POST /plans/<plan_id>/issue-waiting
    "progress.keep_phrase": {Role.LEAD_OFFICE},  # POST /phrases/<id>
    "progress.kit_batch": {Role.LEAD_OFFICE, Role.REPORTER},  # GET /kits/batches/<batch>
    "progress.kit_of": {Role.LEAD_OFFICE},  # GET /kits/units/<unit_id>
    "progress.kits": {Role.REPORTER},  # GET /assignments/kits
    "progress.light_rules": {Role.LEAD_OFFICE},  # GET /plans/<plan_id>/lights/<key>
    "progress.lights": {Role.LEAD_OFFICE},  # GET /plans/<plan_id>/lights
    "progress.mark_seen": {Role.REPORTER, Role.REVIEWER},  # POST /changes/seen
    "progress.obligation": READERS,  # GET /obligations/<id>
    "progress.pair": {Role.LEAD_OFFICE},  # GET /drafts/<draft_id>/comparison/<task_id>
    "progress.part": {Role.REPORTER, Role.REVIEWER},  # GET /passed/<id>/reports/<obligation>
    "progress.pass_task_down": {Role.REPORTER, Role.REVIEWER},  # POST /assignments/<id>/pass-down
    "progress.passed": {Role.REPORTER, Role.REVIEWER},  # GET /passed
    "progress.phrases": {Role.LEAD_OFFICE},  # GET /phrases
    "progress.propose_archiving": {Role.LEAD_OFFICE},  # GET /plans/<plan_id>/archive
    "progress.propose_claim": {Role.REPORTER, Role.REVIEWER},  # GET /tasks/<id>/claim
    "progress.propose_hand_back": {Role.REPORTER, Role.REVIEWER},  # GET /assignments/<id>/hand-back
    "progress.propose_passing": {Role.REPORTER, Role.REVIEWER},  # GET /assignments/<id>/pass-down
    "progress.propose_question": {
        Role.LEAD_OFFICE,
        Role.REPORTER,
        Role.REVIEWER,
    },  # GET /obligations/<id>/questions/new
    "progress.propose_dates": {Role.LEAD_OFFICE},  # GET /tasks/<task_id>/dates
    "progress.propose_request": {Role.REPORTER, Role.REVIEWER},  # GET /requests/new/<kind>/<id>
    "progress.propose_resuming": {Role.LEAD_OFFICE, Role.REVIEWER},  # GET /assignments/<id>/resume
    "progress.question": {Role.LEAD_OFFICE, Role.REPORTER, Role.REVIEWER},  # GET /questions/<id>
    "progress.questions": {Role.LEAD_OFFICE, Role.REPORTER, Role.REVIEWER},  # GET /questions
    "progress.recall": {Role.REPORTER, Role.REVIEWER},  # POST /returns/<id>/recall
    "progress.recall_part_of": {Role.REPORTER},  # POST /parts/<id>/recall
    "progress.redate": {Role.LEAD_OFFICE},  # POST /tasks/<task_id>/dates
    "progress.reopen_plan": {Role.LEAD_OFFICE},  # POST /plans/<plan_id>/reopen
    "progress.report": {Role.REPORTER},  # GET /obligations/<id>/report
    "progress.report_part_of": {Role.REPORTER},  # POST /passed/<id>/reports/<obligation>
    "progress.requests": {Role.LEAD_OFFICE},  # GET /requests
    "progress.return_kit": {Role.REPORTER},  # POST /assignments/kits/returned
    "progress.return_kits": {Role.LEAD_OFFICE},  # POST /kits/returned
    "progress.returned_kit": {Role.LEAD_OFFICE, Role.REPORTER},  # GET /kits/returned/<id>
    "progress.returned_kit_file": {Role.LEAD_OFFICE, Role.REPORTER},  # GET /kits/returned/<id>/file
    "progress.reuse_files": {Role.REPORTER},  # POST /obligations/<id>/files
    "progress.review": {Role.REVIEWER},  # GET /reviews/<return>
    "progress.review_chain": {Role.ADMIN},  # GET /review-steps/<unit_id>
    "progress.review_chains": {Role.ADMIN},  # GET /review-steps
    "progress.reviews": {Role.REVIEWER},  # GET /reviews
    "progress.rule_hand_back": {Role.LEAD_OFFICE},  # POST /hand-backs/<id>
    "progress.rule_on_claim": {Role.LEAD_OFFICE},  # POST /claims/<id>
    "progress.save_draft": {Role.REPORTER},  # POST /obligations/<id>/draft
    "progress.save_part_of": {Role.REPORTER},  # POST /passed/<id>/reports/<obligation>/draft
    "progress.say_to_question": {Role.LEAD_OFFICE, Role.REPORTER, Role.REVIEWER},  # POST /questions/<id>
    "progress.send_back_part_of": {Role.REPORTER, Role.REVIEWER},  # POST /passed/<id>/reports/<obligation>/send-back
    "progress.send_batch": {Role.REPORTER},  # POST /assignments/reports
    "progress.send_hand_back": {Role.REPORTER, Role.REVIEWER},  # POST /assignments/<id>/hand-back
    "progress.set_review_chain": {Role.ADMIN},  # POST /review-steps/<unit_id>
    "progress.set_pair": {Role.LEAD_OFFICE},  # POST /drafts/<draft_id>/comparison/<task_id>
    "progress.sign": {Role.REPORTER, Role.REVIEWER},  # POST /assignments/<id>/sign
    "progress.sign_many": {Role.REPORTER, Role.REVIEWER},  # POST /assignments/sign
    "progress.take_back_claim_of": {Role.REPORTER, Role.REVIEWER},  # POST /claims/<id>/take-back
    "progress.take_back_hand_back": {Role.REPORTER, Role.REVIEWER},  # POST /assignments/<id>/hand-back/take-back
    "progress.take_back_request": {Role.REPORTER, Role.REVIEWER},  # POST /requests/<id>/take-back
    "progress.take_kit": {Role.LEAD_OFFICE, Role.REPORTER},  # POST /kits/returned/<id>
    "progress.take_piece": {Role.REPORTER},  # POST /obligations/<id>/evidence/pieces
    "progress.take_piece_below": {Role.REPORTER},  # POST /passed/<id>/reports/<obligation>/evidence/pieces
    "progress.unclaimed": {Role.LEAD_OFFICE, Role.REPORTER, Role.REVIEWER},  # GET /unclaimed
    "progress.urge": {Role.REPORTER, Role.REVIEWER},  # POST /passed/below/urge
    "progress.work": READERS,  # GET /work
    "rectification.ask_for": {Role.REPORTER, Role.REVIEWER},  # POST /rectifications/<finding_id>/requests/new/<kind>
    "rectification.assign": {Role.LEAD_OFFICE},  # POST /rectifications/<finding_id>/assign
    "rectification.check": WHOLE,  # GET /spot-checks/<check_id>
    "rectification.checks": WHOLE,  # GET /spot-checks
    "rectification.conclude": DRAWING,  # POST /spot-checks/<check_id>/conclude
    "rectification.decide_on": {Role.LEAD_OFFICE},  # GET /rectifications/<finding_id>/requests/<request_id>
    "rectification.decide_request": {Role.LEAD_OFFICE},  # POST /rectifications/<finding_id>/requests/<request_id>
    "rectification.document": READERS,  # GET /rectifications/<finding_id>/sheet.docx
    "rectification.draw_check": DRAWING,  # POST /spot-checks/new
    "rectification.drop": {Role.LEAD_OFFICE},  # POST /rectifications/<finding_id>/drop
    "rectification.enter_result": DRAWING,  # POST /spot-checks/<check_id>/items/<item_id>
    "rectification.file": READERS,  # GET /rectifications/<finding_id>/files/<public_id>
    "rectification.finding": READERS,  # GET /rectifications/<finding_id>
    "rectification.findings": READERS,  # GET /rectifications
    "rectification.hand_back": {Role.REPORTER, Role.REVIEWER},  # POST /rectifications/<finding_id>/hand-back
    "rectification.item": DRAWING,  # GET /spot-checks/<check_id>/items/<item_id>
    "rectification.plan_measure": {Role.REPORTER, Role.REVIEWER},  # POST /rectifications/<finding_id>/measure
    "rectification.propose": DRAWING,  # GET /rectifications/new
    "rectification.propose_assigning": {Role.LEAD_OFFICE},  # GET /rectifications/<finding_id>/assign
    "rectification.propose_check": DRAWING,  # GET /spot-checks/new
    "rectification.propose_dropping": {Role.LEAD_OFFICE},  # GET /rectifications/<finding_id>/drop
    "rectification.propose_handing_back": {Role.REPORTER, Role.REVIEWER},  # GET /rectifications/<finding_id>/hand-back
    "rectification.propose_measure": {Role.REPORTER, Role.REVIEWER},  # GET /rectifications/<finding_id>/measure
    "rectification.propose_report": {Role.REPORTER, Role.REVIEWER},  # GET /rectifications/<finding_id>/report
    "rectification.propose_request": {
        Role.REPORTER,
        Role.REVIEWER,
    },  # GET /rectifications/<finding_id>/requests/new/<kind>
    "rectification.propose_reviewing": {Role.REVIEWER},  # GET /rectifications/<finding_id>/review
    "rectification.propose_verifying": DRAWING,  # GET /rectifications/<finding_id>/verify
    "rectification.recall": {Role.REPORTER, Role.REVIEWER},  # POST /rectifications/<finding_id>/recall
    "rectification.register": DRAWING,  # POST /rectifications/new
    "rectification.report": {Role.REPORTER, Role.REVIEWER},  # POST /rectifications/<finding_id>/report
    "rectification.review": {Role.REVIEWER},  # POST /rectifications/<finding_id>/review
    "rectification.sheet": WHOLE,  # GET /spot-checks/<check_id>/sheet
    "rectification.sheet_document": WHOLE,  # GET /spot-checks/<check_id>/sheet.docx
    "rectification.sheet_workbook": WHOLE,  # GET /spot-checks/<check_id>/sheet.xlsx
    "rectification.take_back_request": {
        Role.REPORTER,
        Role.REVIEWER,
    },  # POST /rectifications/<finding_id>/requests/<request_id>/take-back
    "rectification.verify": DRAWING,  # POST /rectifications/<finding_id>/verify
    "rectification.void": DRAWING,  # POST /spot-checks/<check_id>/void
    "rectification.workbook": READERS,  # GET /rectifications.xlsx
    "reminders.add_robot": {Role.LEAD_OFFICE, Role.ADMIN},  # POST /reminders/robots/new
    "reminders.calendar_file": {PUBLIC},  # GET /calendar/<token>.ics
    "reminders.change_robot": {Role.LEAD_OFFICE, Role.ADMIN},  # POST /reminders/robots/<robot_id>
    "reminders.choose": {SIGNED_IN},  # GET /account/reminders
    "reminders.choose_unit": {Role.LEAD_OFFICE},  # GET /slips/new
    "reminders.circular": {Role.LEAD_OFFICE},  # GET /slips/circulars/<plan_id>.docx
    "reminders.issue_slip": {Role.LEAD_OFFICE},  # POST /slips/new/<unit_id>
    "reminders.issue_slips": {Role.LEAD_OFFICE},  # POST /slips/new/several
    "reminders.keep_choice": {SIGNED_IN},  # POST /account/reminders
    "reminders.new_robot": {Role.LEAD_OFFICE, Role.ADMIN},  # GET /reminders/robots/new
    "reminders.notices": set(Role),  # GET /notices/daily
    "reminders.propose_slip": {Role.LEAD_OFFICE},  # GET /slips/new/<unit_id>
    "reminders.propose_slips": {Role.LEAD_OFFICE},  # GET /slips/new/several
    "reminders.read_notices": set(Role),  # POST /notices/daily/read
    "reminders.renew_calendar": {Role.REPORTER, Role.REVIEWER},  # POST /account/calendar
    "reminders.reply_to_slip": {Role.REPORTER, Role.REVIEWER},  # POST /slips/<slip_id>/reply
    "reminders.revoke_calendar": {Role.REPORTER, Role.REVIEWER},  # POST /account/calendar/revoke
    "reminders.robot": {Role.LEAD_OFFICE, Role.ADMIN},  # GET /reminders/robots/<robot_id>
    "reminders.robots": {Role.LEAD_OFFICE, Role.ADMIN},  # GET /reminders/robots
    "reminders.send_again": {Role.LEAD_OFFICE, Role.ADMIN},  # POST /reminders/<sending_id>/again
    "reminders.sent": {Role.LEAD_OFFICE, Role.ADMIN},  # GET /reminders
    "reminders.slip": READERS,  # GET /slips/<slip_id>
    "reminders.slip_document": READERS,  # GET /slips/<slip_id>/slip.docx
    "reminders.slips": READERS,  # GET /slips
    "reminders.withdraw_slip": {Role.LEAD_OFFICE},  # POST /slips/<slip_id>/withdraw
}
