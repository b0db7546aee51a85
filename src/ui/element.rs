//! The element builder: elements of the page, bound to Leptos signals.
//!
//! Leptos' own views give every element a type of its own, made of its attributes and children,
//! and compile the code that builds, compares and moves it once for each. That costs about a
//! kilobyte an element in the module a phone must load; `docs/elements.md` has the measurement.
//! [`El`] is one type for all elements: screens are functions that return one, signals, memos and
//! owners are Leptos', and nothing is ever compared, because each part is bound to what it shows.
//!
//! Text is only ever set as text: no function here takes markup.

use std::cell::Cell;
use std::rc::Rc;

use leptos::ev::{self, EventDescriptor};
use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, HtmlElement, Node};

mod focus;
mod list;

use crate::route::Route;

/// An element that is, or will be, on the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct El(Element);

const SVG: &str = "http://www.w3.org/2000/svg";

/// A new element.
pub(crate) fn el(tag: &str) -> El {
    // Fails only for a name that no element can have.
    #[expect(clippy::expect_used, reason = "every tag is a literal of this module's users")]
    El(document().create_element(tag).expect("a tag's name"))
}

/// A new SVG element.
pub(crate) fn svg(tag: &str) -> El {
    #[expect(clippy::expect_used, reason = "every tag is a literal of this module's users")]
    El(document().create_element_ns(Some(SVG), tag).expect("a tag's name"))
}

/// A link to a route.
pub(crate) fn link(route: &Route) -> El {
    el("a").attr("href", &route.to_string())
}

/// A button that runs `act`.
pub(crate) fn button(act: impl Fn() + 'static) -> El {
    el("button").attr("type", "button").on(ev::click, move |_| act())
}

/// The value of the field that an event comes from.
pub(crate) fn event_target_value(event: &Event) -> String {
    property(event, "value").as_string().unwrap_or_default()
}

/// Whether the box that an event comes from is ticked.
pub(crate) fn event_target_checked(event: &Event) -> bool {
    property(event, "checked").is_truthy()
}

/// Whether the `details` that an event comes from are open.
pub(crate) fn event_target_open(event: &Event) -> bool {
    property(event, "open").is_truthy()
}

fn property(event: &Event, name: &str) -> JsValue {
    let target = event.target().map(JsValue::from).unwrap_or_default();
    js_sys::Reflect::get(&target, &name.into()).unwrap_or_default()
}

#[expect(clippy::expect_used, reason = "the app runs in a page")]
fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("a page")
}

/// Runs `act` now, and again whenever a signal that it read changes, until its owner is disposed
/// of.
fn bind(act: Box<dyn Fn()>) {
    let effect = RenderEffect::new(move |_| act());
    // The arena drops the effect with the current owner.
    let _ = StoredValue::new_local(effect);
}

impl El {
    /// An element that is on the page already.
    pub(crate) fn of(element: HtmlElement) -> Self {
        Self(element.into())
    }

    /// The first descendant that a selector matches.
    pub(crate) fn find(&self, selector: &str) -> El {
        let found = self.0.query_selector(selector).ok().flatten();
        // The page has each of these elements, which a native test proves.
        #[expect(clippy::expect_used, reason = "without its page there is no app")]
        Self(found.expect("a part of the page"))
    }

    /// All descendants that a selector matches, in the page's order.
    pub(crate) fn find_all(&self, selector: &str) -> impl Iterator<Item = El> {
        crate::platform::page::all(&self.0, selector).into_iter().map(Self)
    }

    /// Its children.
    pub(crate) fn child_elements(&self) -> Vec<El> {
        let children = self.0.children();
        (0..children.length()).filter_map(|at| children.item(at).map(Self)).collect()
    }

    /// The value of one of its attributes.
    pub(crate) fn get_attr(&self, name: &str) -> Option<String> {
        self.0.get_attribute(name)
    }

    /// The element itself, for browser APIs.
    pub(crate) fn raw(&self) -> &Element {
        &self.0
    }

    /// Names its classes.
    pub(crate) fn class(self, names: &str) -> Self {
        self.attr("class", names)
    }

    /// Sets an attribute to a value, or binds it to a closure whose `None` removes it.
    pub(crate) fn attr(self, name: &'static str, value: impl AttrValue) -> Self {
        value.set(&self.0, name);
        self
    }

    /// Keeps browsers from translating it: a name, a code, or words that are compared.
    pub(crate) fn untranslated(self) -> Self {
        self.attr("translate", "no")
    }

    /// Marks text that people wrote or write: its first letter decides its direction, and the style
    /// sheet breaks its long words anywhere.
    pub(crate) fn dir_auto(self) -> Self {
        self.attr("dir", "auto")
    }

    /// Sets an attribute of an element on the page.
    pub(crate) fn set_attr(&self, name: &str, value: &str) {
        set_attribute(&self.0, name, Some(value));
    }

    /// Sets `hidden`, or removes it.
    pub(crate) fn set_hidden(&self, hidden: bool) {
        self.0.unchecked_ref::<HtmlElement>().set_hidden(hidden);
    }

    /// Sets a property of its inline style, which the page's policy allows to scripts alone.
    pub(crate) fn style(&self, name: &str, value: &str) {
        // Fails for no element.
        let _ = HtmlElement::style(self.0.unchecked_ref()).set_property(name, value);
    }

    /// Removes an attribute.
    pub(crate) fn remove_attr(&self, name: &str) {
        set_attribute(&self.0, name, None);
    }

    /// Binds a property of a field to a signal: typed text comes back through the signal and
    /// changes nothing.
    pub(crate) fn prop(self, name: &'static str, value: impl Fn() -> JsValue + 'static) -> Self {
        bind_property(self.0.clone(), name, Box::new(value));
        self
    }

    /// Adds text, or binds the whole content of the element to a closure's text. Bound text has an
    /// element of its own, because browsers that translate a page replace its text nodes, and a
    /// replaced node shows nothing that is written into it.
    pub(crate) fn text(self, text: impl TextValue) -> Self {
        text.append_to(&self.0);
        self
    }

    /// Replaces its text.
    pub(crate) fn set_text(&self, text: &str) {
        if self.0.text_content().as_deref() != Some(text) {
            self.0.set_text_content(Some(text));
        }
    }

    /// Adds a sentence that is there only while a condition holds.
    pub(crate) fn text_when(self, text: &'static str, holds: impl Fn() -> bool + 'static) -> Self {
        self.text(move || if holds() { text } else { "" }.to_owned())
    }

    /// Adds a child.
    #[expect(clippy::needless_pass_by_value, reason = "a child belongs to its parent from here")]
    pub(crate) fn child(self, child: El) -> Self {
        append(&self.0, &child.0);
        self
    }

    /// Adds children.
    pub(crate) fn children(self, children: impl IntoIterator<Item = El>) -> Self {
        for child in children {
            append(&self.0, &child.0);
        }
        self
    }

    /// Rebuilds all children whenever a signal that `children` itself read changes. The former ones
    /// are disposed of with their effects.
    pub(crate) fn dyn_children(self, children: impl Fn() -> Vec<El> + 'static) -> Self {
        bind_children(self.0.clone(), Box::new(children));
        self
    }

    /// Renders one child an item, in the items' order. Rows whose key stays keep their element,
    /// their focus and their typed text.
    pub(crate) fn for_each<T: 'static>(
        self,
        items: impl Fn() -> Vec<T> + 'static,
        key: impl Fn(&T) -> String + 'static,
        row: impl Fn(T) -> El + 'static,
    ) -> Self {
        list::for_each(self.0.clone(), items, key, row);
        self
    }

    /// Runs `act` now, and again whenever a signal that it read changes, for as long as the
    /// element's owner exists.
    pub(crate) fn effect(self, act: impl Fn() + 'static) -> Self {
        bind(Box::new(act));
        self
    }

    /// Listens to an event for as long as the element's owner exists.
    #[expect(clippy::needless_pass_by_value, reason = "events are named as with Leptos' `on`")]
    pub(crate) fn on<E: EventDescriptor<EventType: JsCast>>(
        self,
        event: E,
        act: impl Fn(E::EventType) + 'static,
    ) -> Self {
        // An event of this name has this type.
        listen(&self.0, &event.name(), Rc::new(move |event: Event| act(event.unchecked_into())));
        self
    }

    /// Listens to an event, also in the moment in which the owner is gone and the element not yet: a
    /// field that is removed while a person types in it loses the focus then, and may save what was
    /// typed. `act` reads no signal of that owner.
    #[expect(clippy::needless_pass_by_value, reason = "events are named as with Leptos' `on`")]
    pub(crate) fn on_until_gone<E: EventDescriptor<EventType: JsCast>>(
        self,
        event: E,
        act: impl Fn(E::EventType) + 'static,
    ) -> Self {
        let act = Rc::new(move |event: Event| act(event.unchecked_into()));
        listen_until_gone(&self.0, &event.name(), act);
        self
    }

    /// Runs `act` in the next microtask, when the caller has put the element on the page.
    pub(crate) fn on_mount(self, act: impl FnOnce(&HtmlElement) + 'static) -> Self {
        let element = self.html();
        queue_microtask(move || act(&element));
        self
    }

    /// Focuses it.
    pub(crate) fn focus(&self) {
        // An element that takes no focus leaves it where it is.
        let _ = self.html().focus();
    }

    fn html(&self) -> HtmlElement {
        self.0.clone().unchecked_into()
    }
}

/// The value of an attribute: text, or a closure that the attribute follows.
pub(crate) trait AttrValue {
    fn set(self, element: &Element, name: &'static str);
}

impl AttrValue for &str {
    fn set(self, element: &Element, name: &'static str) {
        set_attribute(element, name, Some(self));
    }
}

impl AttrValue for &String {
    fn set(self, element: &Element, name: &'static str) {
        set_attribute(element, name, Some(self));
    }
}

impl<F: Fn() -> Option<String> + 'static> AttrValue for F {
    fn set(self, element: &Element, name: &'static str) {
        bind_attribute(element.clone(), name, Box::new(self));
    }
}

/// The text of an element: a value, or a closure that the text follows.
pub(crate) trait TextValue {
    fn append_to(self, element: &Element);
}

impl TextValue for &str {
    fn append_to(self, element: &Element) {
        append(element, &document().create_text_node(self));
    }
}

impl TextValue for &String {
    fn append_to(self, element: &Element) {
        self.as_str().append_to(element);
    }
}

impl<F: Fn() -> String + 'static> TextValue for F {
    fn append_to(self, element: &Element) {
        bind_text(El(element.clone()), Box::new(self));
    }
}

// The functions below take boxed closures, so that each is compiled once and not once per caller.

fn bind_attribute(element: Element, name: &'static str, value: Box<dyn Fn() -> Option<String>>) {
    let former = Cell::new(None);
    bind(Box::new(move || {
        let value = Some(value());
        // Browsers recompute an element's style even for a value it already has.
        if former.take() != value {
            set_attribute(&element, name, value.as_ref().and_then(Option::as_deref));
        }
        former.set(value);
    }));
}

fn bind_property(element: Element, name: &'static str, value: Box<dyn Fn() -> JsValue>) {
    bind(Box::new(move || {
        let value = value();
        let held = js_sys::Reflect::get(&element, &name.into()).unwrap_or_default();
        if held != value {
            // Setting a property of an element never fails.
            let _ = js_sys::Reflect::set(&element, &name.into(), &value);
        }
    }));
}

fn bind_text(element: El, text: Box<dyn Fn() -> String>) {
    bind(Box::new(move || element.set_text(&text())));
}

fn bind_children(element: Element, children: Box<dyn Fn() -> Vec<El>>) {
    bind(Box::new(move || {
        let children = children();
        if El(element.clone()).child_elements() == children {
            return;
        }
        let had_focus = focus::is_inside(&element);
        element.set_text_content(None);
        for child in children {
            append(&element, &child.0);
        }
        if had_focus {
            focus::keep_near(&element);
        }
    }));
}

fn set_attribute(element: &Element, name: &str, value: Option<&str>) {
    // Fails only for a name that no attribute can have.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn append(parent: &Node, child: &Node) {
    // Fails only for a child that holds its parent.
    let _ = parent.append_child(child);
}

/// What the listener holds goes with the current owner. If the browser's closure held it, an
/// element that its own listener refers to would hold itself, and stay after each visit of its
/// screen. The closure itself goes with the element, where the browser can (all engines since
/// 2021).
fn listen(element: &Element, event: &str, act: Rc<dyn Fn(Event)>) {
    add_listener(element, event, &act);
    let _ = StoredValue::new_local(act);
}

fn listen_until_gone(element: &Element, event: &str, act: Rc<dyn Fn(Event)>) {
    add_listener(element, event, &act);
    let _ = StoredValue::new_local(Held(Some(act)));
}

fn add_listener(element: &Element, event: &str, act: &Rc<dyn Fn(Event)>) {
    let held = Rc::downgrade(act);
    let heard = move |event| {
        if let Some(act) = held.upgrade() {
            act(event);
        }
    };
    let heard = Closure::<dyn Fn(Event)>::new(heard).into_js_value();
    // Fails for no element.
    let _ = element.add_event_listener_with_callback(event, heard.unchecked_ref());
}

/// Holds a listener until its owner is disposed of and its element off the page.
struct Held(Option<Rc<dyn Fn(Event)>>);

impl Drop for Held {
    fn drop(&mut self) {
        let act = self.0.take();
        queue_microtask(move || drop(act));
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use leptos::ev;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::*;

    wasm_bindgen_test_configure!(run_in_browser);

    /// Regression: a field whose form had just been closed read a value that was no longer there.
    #[wasm_bindgen_test]
    async fn a_listener_goes_with_its_owner_and_some_with_the_element() {
        let owner = Owner::new();
        let heard = Rc::new(std::cell::Cell::new(0));
        let (first, second) = (heard.clone(), heard.clone());
        let field = owner.with(|| {
            el("input")
                .on(ev::input, move |_| first.set(first.get() + 1))
                .on_until_gone(ev::input, move |_| second.set(second.get() + 10))
        });
        let dispatch = || {
            heard.set(0);
            let event = web_sys::Event::new("input").expect("an event");
            field.raw().dispatch_event(&event).expect("a target");
            heard.get()
        };
        assert_eq!(dispatch(), 11);
        owner.cleanup();
        assert_eq!(dispatch(), 10);
        leptos::task::tick().await;
        assert_eq!(dispatch(), 0);
    }
}
