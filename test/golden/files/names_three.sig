const shared_name = 3
