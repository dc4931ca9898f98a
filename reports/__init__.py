"""Read models in → workbook, document or figure out. No Flask, no database, no room of the tracker."""
