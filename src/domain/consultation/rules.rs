//! The rules of a consultation: question, options and method, as a draft and frozen.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::super::item::ItemId;
use super::super::note::{BoundedText, TextError};
use super::super::stamp::Token;
use super::alike::look;
use super::ballot::{Vote, VoteError};
use super::method::{Method, MethodKind};

/// The title of a consultation.
pub type Title = BoundedText<80>;
/// Its question.
pub type Question = BoundedText<240>;
/// The text of an option that is not an item of the convention.
pub type OptionText = BoundedText<160>;

/// An option of a vote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// An item of the convention, shown in its wording.
    Item(ItemId),
    /// An option with a text of its own.
    Own(OptionText),
}

/// The order in which a voter sees the options.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// A random order for each voter, so that no option has the advantage of being first.
    #[default]
    Shuffled,
    /// The order in which the options are listed.
    Listed,
}

/// The time from which the result may be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reveal {
    /// Once the vote is closed.
    #[default]
    AfterClosing,
    /// While the vote is open, too.
    Live,
}

/// The rules of a draft, as typed; no value is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RulesDraft {
    /// The title of the consultation.
    pub title: String,
    /// The question of the consultation.
    pub question: String,
    /// The options that are items of the convention, in the order in which they were picked.
    pub items: Vec<ItemId>,
    /// The options with a text of their own, as typed.
    pub own: Vec<String>,
    /// The method of voting.
    pub method: MethodKind,
    /// The number of dots of each person; `null` for a quarter of the options, rounded up.
    pub each: Option<u8>,
    /// The greatest number of dots on one option; `null` for two, or one where each person has one dot.
    pub cap: Option<u8>,
    /// The order in which voters see the options.
    pub order: Order,
    /// The time from which the result may be seen.
    pub reveal: Reveal,
}

/// Why a draft cannot become rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RulesError {
    /// The title is empty or too long.
    #[error("title: {0}")]
    Title(TextError),
    /// The question is empty or too long.
    #[error("question: {0}")]
    Question(TextError),
    /// The text of an own option is too long; options count from 0.
    #[error("option {0}: {1}")]
    Own(usize, TextError),
    /// There are fewer than two options.
    #[error("fewer than two options")]
    TooFew,
    /// There are more options than [`Rules::MAX_OPTIONS`].
    #[error("{0} options too many")]
    TooMany(usize),
    /// Two options are the same, or look the same.
    #[error("two options are the same")]
    Twice,
    /// An own option shows no visible character; options count from 0.
    #[error("nothing is seen of option {0}")]
    Invisible(usize),
    /// There are no dots to place, or more than the options could take.
    #[error("the dots cannot be placed")]
    Dots,
}

/// Complete rules. They never change; equal rules mean the same vote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "RulesParts"))]
#[serde(try_from = "RulesParts", into = "RulesParts")]
pub struct Rules(RulesParts);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Rules"))]
#[serde(deny_unknown_fields)]
struct RulesParts {
    title: Title,
    question: Question,
    options: Vec<Choice>,
    method: Method,
    order: Order,
    reveal: Reveal,
}

impl RulesDraft {
    /// A draft with the content of these rules.
    #[must_use]
    pub fn of(rules: &Rules) -> Self {
        let mut draft = Self {
            title: rules.title().to_string(),
            question: rules.question().to_string(),
            method: rules.method().kind(),
            order: rules.order(),
            reveal: rules.reveal(),
            ..Self::default()
        };
        if let Method::Dots { each, cap } = rules.method() {
            (draft.each, draft.cap) = (Some(each), Some(cap));
        }
        for option in rules.options() {
            match option {
                Choice::Item(id) => draft.items.push(*id),
                Choice::Own(text) => draft.own.push(text.to_string()),
            }
        }
        draft
    }

    /// How many options there are, without blank ones.
    #[must_use]
    pub fn count(&self) -> usize {
        self.items.len() + self.own.iter().filter(|own| !own.trim().is_empty()).count()
    }

    /// How many dots each person gets.
    #[must_use]
    pub fn dots_each(&self) -> u8 {
        self.each.unwrap_or_else(|| Rules::default_dots(self.count()))
    }

    /// How many dots may go to one option.
    #[must_use]
    pub fn dots_cap(&self) -> u8 {
        self.cap.unwrap_or_else(|| Rules::default_cap(self.dots_each()))
    }

    /// Checks the draft and returns the rules. Options of the convention come first, then own ones;
    /// blank ones are dropped.
    ///
    /// # Errors
    /// All reasons why the draft is incomplete.
    pub fn check(&self) -> Result<Rules, Vec<RulesError>> {
        let mut flaws = Vec::new();
        let title = seen(&self.title).and_then(Title::new);
        let title = title.map_err(|error| flaws.push(RulesError::Title(error))).ok();
        let question = seen(&self.question).and_then(Question::new);
        let question = question.map_err(|error| flaws.push(RulesError::Question(error))).ok();
        let mut options: Vec<_> = self.items.iter().copied().map(Choice::Item).collect();
        for (number, own) in self.own.iter().enumerate().filter(|(_, own)| !own.trim().is_empty()) {
            match OptionText::new(own) {
                Ok(_) if look(own).is_empty() => flaws.push(RulesError::Invisible(number)),
                Ok(text) => options.push(Choice::Own(text)),
                Err(error) => flaws.push(RulesError::Own(number, error)),
            }
        }
        let method = match self.method {
            MethodKind::Dots => Method::Dots { each: self.dots_each(), cap: self.dots_cap() },
            MethodKind::Approval => Method::Approval,
            MethodKind::Judgment => Method::Judgment,
            MethodKind::Ranking => Method::Ranking,
        };
        flaws.extend(flaws_of(&options, method));
        if !flaws.contains(&RulesError::Twice) && alike(&options) {
            flaws.push(RulesError::Twice);
        }
        match (title, question) {
            (Some(title), Some(question)) if flaws.is_empty() => Ok(Rules(RulesParts {
                title,
                question,
                options,
                method,
                order: self.order,
                reveal: self.reveal,
            })),
            _ => Err(flaws),
        }
    }
}

/// The text, or an error if it shows no visible character.
fn seen(text: &str) -> Result<&str, TextError> {
    if look(text).is_empty() { Err(TextError::Empty) } else { Ok(text) }
}

/// Whether two options look the same. Checked only when a vote is opened: frozen rules with such
/// options stay readable.
fn alike(options: &[Choice]) -> bool {
    let own = options.iter().filter_map(|option| match option {
        Choice::Own(text) => Some(look(text.as_str())),
        Choice::Item(_) => None,
    });
    let mut seen = BTreeSet::new();
    own.into_iter().any(|look| !seen.insert(look))
}

fn flaws_of(options: &[Choice], method: Method) -> Vec<RulesError> {
    let mut flaws = Vec::new();
    if options.len() < 2 {
        flaws.push(RulesError::TooFew);
    }
    if options.len() > Rules::MAX_OPTIONS {
        flaws.push(RulesError::TooMany(options.len() - Rules::MAX_OPTIONS));
    }
    if options.iter().enumerate().any(|(at, option)| options[..at].contains(option)) {
        flaws.push(RulesError::Twice);
    }
    if let Method::Dots { each, cap } = method {
        let room = usize::from(cap) * options.len();
        if each == 0 || cap == 0 || cap > each || (options.len() > 1 && usize::from(each) > room) {
            flaws.push(RulesError::Dots);
        }
    }
    flaws
}

impl Rules {
    /// Up to this many options a person can compare at once; more are allowed, and advised against.
    pub const ADVISED_OPTIONS: usize = 15;
    /// The most options that a ballot has room for.
    pub const MAX_OPTIONS: usize = 52;

    /// Rules of these parts, as read from a file or link.
    ///
    /// # Errors
    /// The first rule about rules that the parts break.
    pub fn new(
        title: Title,
        question: Question,
        options: Vec<Choice>,
        method: Method,
        order: Order,
        reveal: Reveal,
    ) -> Result<Self, RulesError> {
        RulesParts { title, question, options, method, order, reveal }.try_into()
    }

    /// The default number of dots: a quarter of the options, rounded up, as facilitators do.
    #[must_use]
    pub fn default_dots(options: usize) -> u8 {
        u8::try_from(options.div_ceil(4).max(1)).unwrap_or(u8::MAX)
    }

    /// The default limit for one option: two dots, so that nobody decides alone; one where a person
    /// has only one.
    #[must_use]
    pub fn default_cap(each: u8) -> u8 {
        each.min(2)
    }

    /// The title.
    #[must_use]
    pub fn title(&self) -> &Title {
        &self.0.title
    }

    /// The question.
    #[must_use]
    pub fn question(&self) -> &Question {
        &self.0.question
    }

    /// The options. A vote refers to them by their index in this list.
    #[must_use]
    pub fn options(&self) -> &[Choice] {
        &self.0.options
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.0.method
    }

    /// The order in which voters see the options.
    #[must_use]
    pub fn order(&self) -> Order {
        self.0.order
    }

    /// When the result may be seen.
    #[must_use]
    pub fn reveal(&self) -> Reveal {
        self.0.reveal
    }

    /// The order in which one voter sees the options, as indexes into [`Rules::options`]. The same
    /// random token gives the same order.
    #[must_use]
    pub fn order_for(&self, random: Token) -> Vec<usize> {
        let mut places: Vec<_> = (0..self.options().len()).collect();
        if self.order() == Order::Shuffled {
            // Fisher and Yates' shuffle, over the SplitMix64 sequence (Steele, Lea and Flood 2014).
            let mut state = random.0;
            for last in (1..places.len()).rev() {
                state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mut drawn = state;
                drawn = (drawn ^ (drawn >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                drawn = (drawn ^ (drawn >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                drawn ^= drawn >> 31;
                let among = u64::try_from(last + 1).unwrap_or(1);
                places.swap(last, usize::try_from(drawn % among).unwrap_or_default());
            }
        }
        places
    }

    /// Whether a vote is valid under these rules.
    ///
    /// # Errors
    /// The first rule that the vote breaks.
    pub fn allow(&self, vote: &Vote) -> Result<(), VoteError> {
        vote.check(self.method(), self.options().len())
    }
}

impl TryFrom<RulesParts> for Rules {
    type Error = RulesError;

    fn try_from(parts: RulesParts) -> Result<Self, RulesError> {
        match flaws_of(&parts.options, parts.method).into_iter().next() {
            Some(flaw) => Err(flaw),
            None => Ok(Self(parts)),
        }
    }
}

impl From<Rules> for RulesParts {
    fn from(rules: Rules) -> Self {
        rules.0
    }
}
