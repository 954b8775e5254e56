//! Applications, who may what with them, and their versions.

mod editing;
mod life;
mod lists;
mod matrix;
mod publishing;
mod roles;
mod showing;
mod snapshots;
mod stage;
