//! x
fn main() {
    let p = std::env::args().nth(1).unwrap();
    let d = tercet_spec::Document::parse(p.clone(), std::fs::read_to_string(&p).unwrap());
    let d = match d {
        Ok(d) => d,
        Err(e) => {
            for e in e {
                eprintln!("{}", e.render())
            }
            return;
        }
    };
    match tercet_codegen::sdk_source("tooljet", &d) {
        Ok(s) => print!("{s}"),
        Err(e) => eprintln!("{e}"),
    }
    for d in tercet_codegen::project(&d).diagnostics {
        eprintln!("{d}")
    }
}
