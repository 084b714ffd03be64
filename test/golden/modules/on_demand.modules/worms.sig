module worms { }
