"""What people do in the browser, one file a part of the work; tests string these steps together."""
