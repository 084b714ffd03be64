import "./cycle_self.sig"
const a = 1
