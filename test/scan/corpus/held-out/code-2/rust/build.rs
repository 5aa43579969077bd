fn main() {
    println!("cargo:rustc-env=K3S_TOKEN=iElri4UEuoAiD9MFkHxgTeXbee7rYHWj2FgZ");
    println!("cargo:rerun-if-env-changed=K3S_TOKEN");
    let t = option_env!("K3S_TOKEN").unwrap_or("hULcCzazOwY0LFfnwjkSQfk1ysw7gi2LpQCz");
}
