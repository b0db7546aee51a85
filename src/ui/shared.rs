//! Parts that several screens use. They take signals and callbacks, or an item's id; none knows
//! which screen it is on.

pub(super) mod apart;
pub(super) mod app_status;
pub(super) mod banners;
pub(super) mod breadcrumb;
pub(super) mod counts;
pub(super) mod day_field;
pub(super) mod empty;
pub(super) mod family;
pub(super) mod field;
pub(super) mod finding;
pub(super) mod heading;
pub(super) mod icon;
pub(super) mod item_head;
pub(super) mod look;
pub(super) mod neighbours;
pub(super) mod note_card;
pub(super) mod note_form;
pub(super) mod notes;
pub(super) mod pole;
pub(super) mod print_button;
pub(super) mod rows;
pub(super) mod save_copy;
pub(super) mod section;
pub(super) mod share_button;
pub(super) mod tick;
pub(super) mod toast;
pub(super) mod way_on;
