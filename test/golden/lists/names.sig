const gone    = file "feeds/blok.txt"
const folder  = file "feeds"
const wrong   = file "feeds/wrong.txt"
const many    = file "feeds/many.txt"
const nothing = file "feeds/nothing.txt"
const numbers = { file "feeds/ports.txt", 10.0.0.0/8 }

signature inline {
  id 1
  when ip.src in file "feeds/block.txt" or ip.src in wrong
  then log
}
