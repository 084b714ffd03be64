import "./names_one.sig"
const shared_name2 = 2
