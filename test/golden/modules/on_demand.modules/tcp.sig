module nothing_that_is_asked_for { }
