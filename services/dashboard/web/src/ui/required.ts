import type { FormEvent } from 'react';

type Text = HTMLTextAreaElement | HTMLInputElement;

/** What must be filled in; that it isn't is said in the page’s language, and not in the browser’s. */
export const required = (words: string) => ({
  required: true,
  onInvalid: ({ currentTarget }: FormEvent<Text>) => currentTarget.setCustomValidity(words),
  onInput: ({ currentTarget }: FormEvent<Text>) => currentTarget.setCustomValidity(''),
});
