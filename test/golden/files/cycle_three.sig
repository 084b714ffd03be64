import "./cycle_one.sig"
const three = 3
