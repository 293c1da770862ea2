/** Small letters without accents, as clients are searched for (the database does the same to their names: 0015_clients_of_a_salon.sql). */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}
