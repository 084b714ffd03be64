header foo in ip_proto 251 {
  a : u8
  b : u8
}
const five = 5
