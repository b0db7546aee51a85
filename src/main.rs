//! Mounts the app. Everything else is in the library.

fn main() {
    jalons::app::start();
}
