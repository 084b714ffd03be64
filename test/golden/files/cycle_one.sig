import "./cycle_two.sig"
const one = 1
