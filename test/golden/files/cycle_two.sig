import "./cycle_three.sig" as three
const two = 2
