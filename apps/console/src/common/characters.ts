/** Number of characters as people count them: 𠮷 is one, though JavaScript stores two units. */
export function characters(text: string): number {
  return Array.from(text.trim()).length;
}
