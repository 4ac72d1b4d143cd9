//! The wasm-bindgen step as a library call, so that `Cargo.lock` alone decides its version.
//!
//! `bindgen IN.wasm OUT_DIR NAME` writes `OUT_DIR/NAME.js` and `OUT_DIR/NAME_bg.wasm`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, out_dir, name] = arguments.as_slice() else {
        return Err("usage: bindgen IN.wasm OUT_DIR NAME".into());
    };
    wasm_bindgen_cli_support::Bindgen::new()
        .web(true)?
        .typescript(false)
        // `start.js` says where the module lies; `import.meta` would need Chrome 64.
        .omit_default_module_path(true)
        .input_path(input)
        .out_name(name)
        .generate(out_dir)?;
    Ok(())
}
