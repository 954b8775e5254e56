//! Baserow's named actions: accounts and their tokens, tables of typed fields and rows, views, trash and jobs.

mod rows;
