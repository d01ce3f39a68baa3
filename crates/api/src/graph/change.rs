//! Changing the register by commands: a mutation for each, and one for several in one changeset.
//!
//! To add a command: its fields as an input that is [`CommandFields`], and a line in the list below.

mod assignment;
mod authority;
mod desk;
mod party;
mod plan;
mod reference;
mod refused;
mod reorganization;
mod statement;
mod work;

use super::{
    assignment::Assignment,
    changeset::{self, Changeset},
    id::Pin,
    mutation::{UserError, UserErrorCode},
    outcome::Told,
    party::{Party, PartyName},
    plan::{Plan, Section},
    progress::ProgressReport,
    progress_rule::ProgressRule,
    query,
    reorganization::Reorganization,
    scope::{Keep, Scope, Within, make},
    supervision::SupervisionCase,
    target::{Deadline, Target},
    task::Task,
};
use crate::{
    change::{self, ChangeError, Commands},
    error::Fault,
    import::Signature,
    served::Served,
};
use assignment::{
    AssignCommand, ChangeRoleCommand, CorrectAssignmentCommand, DesignateLeadCommand,
    EndAssignmentCommand, WithdrawDesignationCommand,
};
use async_graphql::{Context, InputObject, Object, OneofObject, SimpleObject, Value};
use authority::AuthorityInput;
use desk::{CommandFields, Desk, Link, Mistake, Notes};
use domain::{
    change::{Actor, Fact},
    command::{self, Command},
    image::Image,
    register::Ref,
    text::Sha256,
};
use party::{
    AddNameCommand, CorrectNameCommand, CreatePartyCommand, DescribePartyCommand, EndNameCommand,
    RenamePartyCommand,
};
use plan::{
    CorrectPlanCommand, CorrectSectionCommand, CorrectTaskCommand, CreatePlanCommand,
    CreateSectionCommand, CreateTaskCommand, SupersedePlanCommand,
};
use refused::Place;
use reorganization::{DutyMove, ReorganizeCommand};
use statement::{
    CorrectDeadlineCommand, CorrectTargetCommand, EndTargetCommand, MoveDeadlineCommand,
    SetDeadlineCommand, SetTargetCommand, WithdrawCommand,
};
use std::sync::Arc;
use store::StoreError;
use work::{
    AdvanceSupervisionCaseCommand, EndProgressRuleCommand, FulfilDeadlineCommand,
    OpenSupervisionCaseCommand, ReportProgressCommand, SetProgressRuleCommand,
    SetTaskStatusCommand,
};

/// What is said of a write, whatever it changes.
#[derive(Debug, InputObject)]
pub(crate) struct WriteInput {
    /// Which register; may be left out while there is one.
    register: Option<String>,
    /// Your own key for this write: a repeat with the same key is answered from the first.
    idempotency_key: Option<String>,
    /// Why this is done.
    reason: Option<String>,
    /// On whose authority.
    authority: Option<AuthorityInput>,
    /// Only tell what would come of it, and keep nothing.
    #[graphql(default = false)]
    dry_run: bool,
}

/// Several commands that are done as one changeset.
#[derive(Debug, InputObject)]
pub(crate) struct ChangeRegisterInput {
    /// The commands, in the order in which they are done: each on what those before it leave, all of them or none.
    /// Where one of them names a thing, `#0` is what the first of the list records, `#1` what the second does.
    commands: Vec<CommandInput>,
    #[graphql(flatten)]
    write: WriteInput,
}

/// What came of several commands.
#[derive(Debug, Default, SimpleObject)]
struct ChangeRegisterPayload {
    /// The changeset that was committed; null if nothing changed, on a dry run, and where a command was refused.
    changeset: Option<Changeset>,
    /// What changed, or would change.
    changes: Vec<changeset::Change>,
    /// The duties that reorganizations move or end, or would.
    moves: Vec<DutyMove>,
    /// What was wrong with the input, or why a command was refused.
    user_errors: Vec<UserError>,
}

/// The most commands that one changeset takes from a client.
const MAX_COMMANDS: usize = 1000;

macro_rules! commands {
    ($(
        $(#[$doc:meta])*
        $field:ident: $command:ident($fields:ident, $input:ident, $payload:ident {
            $($thing:ident: $kind:ident)? $(, $(#[$more_doc:meta])* $more:ident: $more_kind:ident)?
        });
    )*) => {
        /// One command.
        #[derive(Debug, OneofObject)]
        pub(crate) enum CommandInput {
            $($(#[$doc])* $command($fields),)*
        }

        impl CommandInput {
            /// What the command is called in the schema, but for its case.
            fn name(&self) -> &'static str {
                match self { $(Self::$command(_) => stringify!($field),)* }
            }
        }

        impl CommandFields for CommandInput {
            fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
                match self { $(Self::$command(fields) => fields.command(desk),)* }
            }

            fn link(&self) -> Option<Link<'_>> {
                match self { $(Self::$command(fields) => fields.link(),)* }
            }
        }

        $(
            $(#[$doc])*
            #[derive(Debug, InputObject)]
            struct $input {
                #[graphql(flatten)]
                command: $fields,
                #[graphql(flatten)]
                write: WriteInput,
            }

            #[doc = concat!("What came of `", stringify!($field), "`.")]
            #[derive(Debug, Default, SimpleObject)]
            struct $payload {
                /// The changeset that was committed; null if nothing changed, on a dry run, and where it was refused.
                changeset: Option<Changeset>,
                /// What changed, or would change.
                changes: Vec<changeset::Change>,
                $(
                    /// What it is about, as the register now knows it, or would; null if it does not.
                    $thing: Option<$kind>,
                )?
                $(
                    $(#[$more_doc])*
                    $more: Vec<$more_kind>,
                )?
                /// What was wrong with the input, or why it was refused.
                user_errors: Vec<UserError>,
            }
        )*

        /// What an office changes in its register by hand.
        #[derive(Debug, Default)]
        pub(super) struct ChangeMutation;

        /// What an office changes in its register by hand.
        #[Object]
        impl ChangeMutation {
            $(
                $(#[$doc])*
                async fn $field(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "What is to be done, and what is to be said of the write.")]
                    input: $input,
                ) -> async_graphql::Result<$payload> {
                    let commands = vec![(Place::Itself, input.command)];
                    let done = change(ctx, commands, input.write).await?;
                    Ok($payload {
                        $($thing: done.thing(),)?
                        $($more: done.$more(),)?
                        changeset: done.told.changeset(),
                        changes: done.told.changes(usize::MAX),
                        user_errors: done.user_errors,
                    })
                }
            )*

            /// Does several commands as one changeset: all of them, or none.
            async fn change_register(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "The commands, and what is to be said of the write.")]
                input: ChangeRegisterInput,
            ) -> async_graphql::Result<ChangeRegisterPayload> {
                let commands = input.commands.into_iter().enumerate();
                let commands = commands.map(|(n, command)| (Place::Listed(n, command.name()), command));
                let done = change(ctx, commands.collect(), input.write).await?;
                Ok(ChangeRegisterPayload {
                    moves: done.moves(),
                    changeset: done.told.changeset(),
                    changes: done.told.changes(usize::MAX),
                    user_errors: done.user_errors,
                })
            }
        }
    };
}

commands! {
    /// Enters a body in the register, with its official name and the short ones by which it is called.
    create_party: CreateParty(CreatePartyCommand, CreatePartyInput, CreatePartyPayload { party: Party });
    /// Gives a body another official name from a day on. The old one ends on that day and is a former name from then on,
    /// so that who asks by it finds the body.
    rename_party: RenameParty(RenamePartyCommand, RenamePartyInput, RenamePartyPayload { party: Party });
    /// Says of a body what kind it is, what is above it, where it belongs, and from when to when it exists.
    describe_party: DescribeParty(DescribePartyCommand, DescribePartyInput, DescribePartyPayload { party: Party });
    /// Adds a name by which a body is called, such as a short one.
    add_name: AddName(AddNameCommand, AddNameInput, AddNamePayload { name: PartyName });
    /// Ends a name: from a day on the body is no longer called so. That it was called so before stays.
    end_name: EndName(EndNameCommand, EndNameInput, EndNamePayload { name: PartyName });
    /// Corrects what was recorded of a name: it never was as it stands. A body that is called otherwise from a day on is
    /// renamed instead.
    correct_name: CorrectName(CorrectNameCommand, CorrectNameInput, CorrectNamePayload { name: PartyName });
    /// 机构改革: renames, merges, splits, abolishes or sets up bodies, or transfers duties, from a day on. Each open duty
    /// passes on its handover day to the body that takes it over: the assignment of the old body ends, and one begins in
    /// the same role, on the same words, which says what it continues. A duty that the body has anyway is not doubled.
    /// What was before that day stays. A dry run lists every duty that would move.
    reorganize: Reorganize(ReorganizeCommand, ReorganizeInput, ReorganizePayload {
        reorganization: Reorganization,
        /// The duties that it moves or ends, or would.
        moves: DutyMove
    });
    /// Enters a plan by hand: its sections and tasks are added to it one by one.
    create_plan: CreatePlan(CreatePlanCommand, CreatePlanInput, CreatePlanPayload { plan: Plan });
    /// Corrects what was recorded of a plan.
    correct_plan: CorrectPlan(CorrectPlanCommand, CorrectPlanInput, CorrectPlanPayload { plan: Plan });
    /// Ends a plan on a day on which a newer one takes its place: its tasks are superseded, and its open duties, deadlines
    /// and targets end. What would have begun only later never holds. The past stays.
    supersede_plan: SupersedePlan(SupersedePlanCommand, SupersedePlanInput, SupersedePlanPayload { plan: Plan });
    /// Adds a heading to a plan.
    create_section: CreateSection(CreateSectionCommand, CreateSectionInput, CreateSectionPayload { section: Section });
    /// Corrects what was recorded of a heading.
    correct_section: CorrectSection(CorrectSectionCommand, CorrectSectionInput, CorrectSectionPayload { section: Section });
    /// Adds a unit of work to a plan.
    create_task: CreateTask(CreateTaskCommand, CreateTaskInput, CreateTaskPayload { task: Task });
    /// Corrects what was recorded of a task. The plan it belongs to stays.
    correct_task: CorrectTask(CorrectTaskCommand, CorrectTaskInput, CorrectTaskPayload { task: Task });
    /// Gives a party a role in a task, which no document states: on the authority that the changeset names.
    assign: Assign(AssignCommand, AssignInput, AssignPayload { assignment: Assignment });
    /// Gives a party another role in a task from a day on: the assignment ends on that day, and one in the new role begins.
    change_role: ChangeRole(ChangeRoleCommand, ChangeRoleInput, ChangeRolePayload { assignment: Assignment });
    /// Ends an assignment: from a day on the party no longer has the role. That it had it before stays.
    end_assignment: EndAssignment(EndAssignmentCommand, EndAssignmentInput, EndAssignmentPayload { assignment: Assignment });
    /// Corrects what was recorded of an assignment: it never was as it stands. What is so only from a day on is a change:
    /// of role, or one assignment ended and another begun. The words on which it rests, if any, stay.
    correct_assignment: CorrectAssignment(
        CorrectAssignmentCommand, CorrectAssignmentInput, CorrectAssignmentPayload { assignment: Assignment });
    /// 牵头认定: says which party leads a task for which the text names none. What the text says of the party stays.
    designate_lead: DesignateLead(DesignateLeadCommand, DesignateLeadInput, DesignateLeadPayload { assignment: Assignment });
    /// Takes a designation back from a day on. One that has not begun by then never holds.
    withdraw_designation: WithdrawDesignation(
        WithdrawDesignationCommand, WithdrawDesignationInput, WithdrawDesignationPayload { assignment: Assignment });
    /// Sets the time by which a task, a section or a whole plan is to be done.
    set_deadline: SetDeadline(SetDeadlineCommand, SetDeadlineInput, SetDeadlinePayload { deadline: Deadline });
    /// Moves a deadline from a day on: what was due before stays known, and counts until then.
    move_deadline: MoveDeadline(MoveDeadlineCommand, MoveDeadlineInput, MoveDeadlinePayload { deadline: Deadline });
    /// Corrects what was recorded of a deadline: it never was as it stands. One that is another from a day on is moved.
    correct_deadline: CorrectDeadline(
        CorrectDeadlineCommand, CorrectDeadlineInput, CorrectDeadlinePayload { deadline: Deadline });
    /// Says that a deadline was met on a day.
    fulfil_deadline: FulfilDeadline(FulfilDeadlineCommand, FulfilDeadlineInput, FulfilDeadlinePayload { deadline: Deadline });
    /// Says how far a task has come from a day on. How far it had come before stays known; what is said of a day for which
    /// something was said already takes its place.
    set_task_status: SetTaskStatus(SetTaskStatusCommand, SetTaskStatusInput, SetTaskStatusPayload { task: Task });
    /// 进度填报: takes a party's report on a task or a target into the register, with figures and where to find what shows
    /// them. It does not change the task's status.
    report_progress: ReportProgress(
        ReportProgressCommand, ReportProgressInput, ReportProgressPayload { report: ProgressReport });
    /// Sets the rule for lights and reports of a plan, or of all plans without one of their own, from a day on. The one that
    /// held before ends on that day, so that the lights of past days stay.
    set_progress_rule: SetProgressRule(SetProgressRuleCommand, SetProgressRuleInput, SetProgressRulePayload { rule: ProgressRule });
    /// Ends a rule for lights and reports: from a day on the register's holds for a plan instead, or for the register the
    /// default, 30 days and no reports.
    end_progress_rule: EndProgressRule(EndProgressRuleCommand, EndProgressRuleInput, EndProgressRulePayload { rule: ProgressRule });
    /// 督办立项: opens a case in which a party is held to a task.
    open_supervision_case: OpenSupervisionCase(
        OpenSupervisionCaseCommand, OpenSupervisionCaseInput, OpenSupervisionCasePayload { case: SupervisionCase });
    /// 督办流转: takes the next step in a case: it is assigned, answered, reviewed, closed, one after the other.
    advance_supervision_case: AdvanceSupervisionCase(
        AdvanceSupervisionCaseCommand, AdvanceSupervisionCaseInput, AdvanceSupervisionCasePayload { case: SupervisionCase });
    /// Sets a figure that a task, a section or a whole plan is to reach.
    set_target: SetTarget(SetTargetCommand, SetTargetInput, SetTargetPayload { target: Target });
    /// Ends a target: from a day on the figure is no longer to be reached.
    end_target: EndTarget(EndTargetCommand, EndTargetInput, EndTargetPayload { target: Target });
    /// Corrects what was recorded of a target: it never was as it stands.
    correct_target: CorrectTarget(CorrectTargetCommand, CorrectTargetInput, CorrectTargetPayload { target: Target });
    /// Withdraws what should never have been recorded: from now on the register knows that it never was so. What was so
    /// and is over is ended instead. Nothing may speak of it any more; a party is withdrawn with its names.
    withdraw: Withdraw(WithdrawCommand, WithdrawInput, WithdrawPayload {});
}

/// What came of commands.
struct Done {
    told: Told,
    user_errors: Vec<UserError>,
    /// What was learned of each command on the way.
    notes: Vec<Notes>,
}

impl Done {
    fn nothing(scope: Arc<Scope>, error: UserError) -> Self {
        Self {
            told: Told::nothing(scope),
            user_errors: vec![error],
            notes: vec![],
        }
    }

    /// The duties that reorganizations move.
    fn moves(&self) -> Vec<DutyMove> {
        let moves = command::moves(self.told.made_changes()).into_iter();
        moves
            .filter_map(|it| DutyMove::of(&self.told.scope, it))
            .collect()
    }

    /// What a single command is about: what it has recorded, even if that was when it was first given, or else what it
    /// has changed.
    fn thing<I: Image, T: Within>(&self) -> Option<T>
    where
        Ref<I>: Keep<T::Kept>,
    {
        let made = self.told.made_changes().iter();
        let recorded = made.filter(|change| change.is_recorded());
        let meant = self.notes.iter().filter_map(|notes| notes.changed);
        let mut things = recorded.map(domain::change::Change::thing).chain(meant);
        let found = things.find_map(|thing| {
            let is_kind = thing.kind == I::Fact::KIND;
            is_kind.then(|| self.told.scope.find::<I>(thing.id.into()))?
        });
        Some(make(&self.told.scope, found?))
    }
}

/// Does commands, or tells what they would do.
async fn change(
    ctx: &Context<'_>,
    inputs: Vec<(Place, impl CommandFields)>,
    write: WriteInput,
) -> async_graphql::Result<Done> {
    let served = ctx.data_unchecked::<Served>();
    let store = served.store(write.register.as_deref())?;
    let before = query::scope(ctx, store, Pin::default());
    let words = [
        ("idempotencyKey", &write.idempotency_key),
        ("reason", &write.reason),
    ];
    if let Some(error) = UserError::unusable(&words) {
        return Ok(Done::nothing(before, error));
    }
    if inputs.is_empty() || inputs.len() > MAX_COMMANDS {
        let message = format!("give one command at least, and {MAX_COMMANDS} at most");
        let error = UserError::at(UserErrorCode::InputInvalid, message, &["input", "commands"]);
        return Ok(Done::nothing(before, error));
    }
    let authority = match write.authority {
        None => None,
        Some(authority) => match authority.authority(&before).await? {
            Ok(authority) => Some(authority),
            Err(error) => return Ok(Done::nothing(before, error)),
        },
    };
    let given = inputs.iter().map(|(_, input)| input);
    let mut desk = Desk::new(before.valid_on(), served.env.new_id(), given);
    let (mut commands, mut notes, mut places) = (vec![], vec![], vec![]);
    for (place, input) in inputs {
        match desk.take(input) {
            Ok((command, learned)) => {
                commands.push(command);
                notes.push(learned);
                places.push(place);
            }
            Err(mistake) => return Ok(Done::nothing(before, refused::mistaken(place, mistake))),
        }
    }
    let commands = Commands {
        commands,
        ids: desk.ids(),
        input_hash: input_hash(ctx)?,
    };
    let signature = Signature {
        actor: ctx.data_unchecked::<Actor>().clone(),
        reason: write.reason,
        authority,
        idempotency_key: write.idempotency_key,
    };
    let done = change::change_register(served, store, commands, signature, write.dry_run);
    let error = match done.await {
        Ok(outcome) => {
            return Ok(Done {
                told: Told::of(ctx, store, outcome).await?,
                user_errors: vec![],
                notes,
            });
        }
        Err(error) => error,
    };
    let scope = query::scope(ctx, store, Pin::default());
    match error {
        ChangeError::Refused(refusal) => {
            let number = refusal.command;
            let at = (places[number], &notes[number]);
            let error = refused::refused(&scope, at, refusal.refusal).await?;
            Ok(Done::nothing(scope, error))
        }
        ChangeError::Store(StoreError::Conflict) => {
            let code = UserErrorCode::IdempotencyKeyReused;
            let message = StoreError::Conflict.to_string();
            let error = UserError::at(code, message, &["input", "idempotencyKey"]);
            Ok(Done::nothing(scope, error))
        }
        ChangeError::Store(error) => Err(Fault::from(error).into()),
    }
}

/// The digest of what a mutation was given, but for how it is to be carried out.
fn input_hash(ctx: &Context<'_>) -> async_graphql::Result<Sha256> {
    let field = ctx.field();
    let mut input = field.arguments()?;
    for (_, value) in &mut input {
        if let Value::Object(fields) = value {
            for carried_out in ["register", "idempotencyKey", "dryRun"] {
                fields.shift_remove(carried_out);
            }
        }
    }
    let given: Vec<_> = input.iter().map(|(_, value)| value).collect();
    let form = serde_json::to_value((field.name(), given)).map_err(Fault::internal)?;
    Ok(Sha256::of(form.to_string().as_bytes()))
}
