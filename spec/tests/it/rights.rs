//! Who may not do what a step does: read as the reference page says.

use tercet_spec::contract::{Miss, Rights};

use crate::language::with_effect;
use crate::support::contract;

#[test]
fn who_may_not_is_read() {
    let contract = contract(&with_effect(
        "
- call:
    action: trash
    outcomes: [ conflict, invalid ]
    does: { delete: { in: users, where: { id: $request.path.id } }, else: conflict, strangers: [ conflict, invalid ] }
- list: { in: users }
  strangers: ok
- find: { in: users }
",
    ));
    let [trash, list, find] = &contract.operations[0].effect[..] else { panic!("three steps") };
    assert_eq!(trash.miss, Miss::Outcome("conflict".to_owned()));
    assert_eq!(trash.rights.strangers, ["conflict", "invalid"]);
    assert_eq!((&list.rights.strangers[..], &list.rights.anonymous[..]), (&["ok".to_owned()][..], &[][..]));
    assert_eq!(find.rights, Rights::default());
}
