import type * as en from './en.js';

/** Plural forms by the categories of CLDR, chosen by `Intl.PluralRules`; the number is the placeholder `{count}`. */
export type Plural = Readonly<{ other: string } & Partial<Record<'zero' | 'one' | 'two' | 'few' | 'many', string>>>;
export type Message = string | Plural;

/** English is the shape: every locale has all of its keys, or it does not compile. */
export type Messages = {
  readonly [Area in keyof typeof en]: { readonly [Key in keyof (typeof en)[Area]]: (typeof en)[Area][Key] extends string ? string : Plural };
};

/** Single texts that a page writes its own way: by area and key, whatever the language. */
export type MessageOverrides = { readonly [Area in keyof Messages]?: { readonly [Key in keyof Messages[Area]]?: Message } };

/** A locale as it is read: what it should not have is shown in English. */
export type Translation = Readonly<Record<string, AreaMessages>>;
export type AreaName = keyof Messages;
export type AreaMessages = Readonly<Record<string, Message>>;

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** The placeholders of a message, read off its English text. */
export type Placeholders<M> = M extends string ? NamesIn<M> : 'count' | NamesIn<M[keyof M]>;
