//! The kinds of YAML files that make a Dify plugin, as data: one file each, and the list of them all.
//!
//! A new kind is a file in `kinds/`, its two words here, and a case in `tests/cases/kinds/`. A new field is one line.

use crate::shape::Kind;

mod agent_strategy;
mod agent_strategy_provider;
mod bundle;
pub mod common;
mod datasource;
mod datasource_provider;
mod endpoint;
mod endpoint_group;
mod event;
mod manifest;
mod model;
mod model_position;
mod model_provider;
mod tool;
mod tool_provider;
mod trigger_provider;

/// All kinds, in the order of the reference.
pub static KINDS: &[&Kind] = &[
    &manifest::KIND,
    &tool_provider::KIND,
    &tool::KIND,
    &endpoint_group::KIND,
    &endpoint::KIND,
    &model_provider::KIND,
    &model::KIND,
    &model_position::KIND,
    &agent_strategy_provider::KIND,
    &agent_strategy::KIND,
    &datasource_provider::KIND,
    &datasource::KIND,
    &trigger_provider::KIND,
    &event::KIND,
    &bundle::KIND,
];

/// The kind of this name.
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name).copied()
}
