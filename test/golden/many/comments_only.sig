//! Nothing but comments.
// and
/// so on
