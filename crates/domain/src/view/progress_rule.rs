//! Which rules hold for lights and reports.

use super::{Valid, View};
use crate::{
    image::{PlanRef, ProgressRuleRef},
    progress_rule::Terms,
};

impl View {
    /// The rule that holds for a plan on the view's day: its own, or else the register's; nothing where an office has set
    /// none.
    pub fn plan_rule(&self, plan: PlanRef) -> Option<ProgressRuleRef> {
        let own = self.register().graph.plan_rules.of(plan);
        self.rule_of(own).or_else(|| self.register_rule())
    }

    /// The rule that holds on the view's day for plans without one of their own.
    pub fn register_rule(&self) -> Option<ProgressRuleRef> {
        self.rule_of(self.register_rules())
    }

    /// What holds for a plan on the view's day.
    pub fn plan_terms(&self, plan: PlanRef) -> Terms {
        self.terms(self.plan_rule(plan))
    }

    /// What a rule says; the default where there is none.
    pub fn terms(&self, rule: Option<ProgressRuleRef>) -> Terms {
        rule.map_or(Terms::DEFAULT, |rule| {
            let image = self.thing(rule);
            Terms {
                amber_days: image.amber_days,
                rhythm: image.rhythm,
                since: image.validity.from,
            }
        })
    }

    /// All rules: the register's, then those of plans, each in the order of recording.
    pub fn progress_rules(&self, valid: Valid) -> Vec<ProgressRuleRef> {
        let rules = self.known::<crate::image::ProgressRule>();
        let listed = rules.filter(|(_, image)| self.lists(image.validity, valid));
        let mut rules: Vec<_> = listed
            .map(|(rule, image)| (image.plan.is_some(), rule))
            .collect();
        rules.sort_unstable();
        rules.into_iter().map(|(_, rule)| rule).collect()
    }

    /// Of the rules that hold on the view's day the one that began last; of those that began together the one recorded last.
    fn rule_of(
        &self,
        candidates: impl Iterator<Item = ProgressRuleRef>,
    ) -> Option<ProgressRuleRef> {
        let holding = candidates.filter_map(|rule| {
            let validity = self.get(rule)?.validity;
            let holds = validity.contains(self.valid_on());
            holds.then_some((validity.from, rule))
        });
        holding.max().map(|(_, rule)| rule)
    }

    fn register_rules(&self) -> impl Iterator<Item = ProgressRuleRef> {
        let rules = &self.register().graph.register_rules;
        (0..rules.len()).map(|index| *rules.at(index))
    }
}
