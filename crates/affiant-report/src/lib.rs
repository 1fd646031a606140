//! Text and JSON of what the library found
