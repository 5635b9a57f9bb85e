import {
  type APIApplicationCommandInteractionDataOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type APIInteraction,
  InteractionType,
} from "discord.js";

/** A slash command somebody uses, or is still typing. */
export interface CommandInput {
  /** With its subcommand: `wiki ask`. */
  readonly name: string;
  text(option: string): string | undefined;
  isOn(option: string): boolean;
  /** The option that is being typed into, and what it says so far. */
  readonly focused: { readonly option: string; readonly text: string } | undefined;
}

/** `undefined` when the interaction is none with a slash command. */
export function readCommand(interaction: APIInteraction): CommandInput | undefined {
  if (
    interaction.type !== InteractionType.ApplicationCommand &&
    interaction.type !== InteractionType.ApplicationCommandAutocomplete
  ) {
    return undefined;
  }
  const { data } = interaction;
  if (data.type !== ApplicationCommandType.ChatInput) return undefined;
  const { path, options } = unfold(data.options ?? []);
  const focused = options.find((option) => "focused" in option && option.focused === true);
  return {
    name: [data.name, ...path].join(" "),
    text(name) {
      const option = options.find((candidate) => candidate.name === name);
      return option?.type === ApplicationCommandOptionType.String ? option.value : undefined;
    },
    isOn: (name) =>
      options.some(
        (option) => option.name === name && option.type === ApplicationCommandOptionType.Boolean && option.value,
      ),
    focused:
      focused?.type === ApplicationCommandOptionType.String ? { option: focused.name, text: focused.value } : undefined,
  };
}

type Option = APIApplicationCommandInteractionDataOption;

/** Subcommands hold the options that were filled in. */
function unfold(options: readonly Option[]): { readonly path: string[]; readonly options: readonly Option[] } {
  const [first] = options;
  if (
    first?.type !== ApplicationCommandOptionType.Subcommand &&
    first?.type !== ApplicationCommandOptionType.SubcommandGroup
  ) {
    return { path: [], options };
  }
  const inner = unfold(first.options ?? []);
  return { path: [first.name, ...inner.path], options: inner.options };
}
