/** Where the arrow keys lead in a grid. */

export interface Place {
  row: number;
  column: number;
}

/** The place that a key leads to; undefined: the key means nothing here. At an edge one stays. Pure. */
export function placeAfter(
  { key, ctrlKey = false }: { key: string; ctrlKey?: boolean },
  { row, column }: Place,
  { rows, columns }: { rows: number; columns: number },
): Place | undefined {
  const within = (at: Place): Place => ({
    row: Math.max(0, Math.min(rows - 1, at.row)),
    column: Math.max(0, Math.min(columns - 1, at.column)),
  });
  switch (key) {
    case 'ArrowUp':
      return within({ row: row - 1, column });
    case 'ArrowDown':
      return within({ row: row + 1, column });
    case 'ArrowLeft':
      return within({ row, column: column - 1 });
    case 'ArrowRight':
      return within({ row, column: column + 1 });
    case 'PageUp':
      return within({ row: row - PAGE, column });
    case 'PageDown':
      return within({ row: row + PAGE, column });
    case 'Home':
      return { row: ctrlKey ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrlKey ? rows - 1 : row, column: columns - 1 };
    default:
      return undefined;
  }
}

const PAGE = 10;
