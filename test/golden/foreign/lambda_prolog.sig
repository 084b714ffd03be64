% Lists and what is known of them.
sig lists.

kind  list  type -> type.
type  nil   list A.
