// Gives the focus back to the grid: to the tile that the Tab key reaches, which is the one last looked at.
export function focusTile(): void {
  const tile = document.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]');
  tile?.focus({ preventScroll: true });
}
