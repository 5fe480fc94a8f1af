// Which role a file may take beside the others, and which way of making a video the files allow. With reasons.
import { modeOf, type DraftReference } from '@shared/domain/draft';
import { MODES, ROLES_OF_KIND, type Mode, type ModelSpec, type Role } from '@shared/domain/models';

export type RoleReason = 'mixed' | 'noReferences' | 'needsFirst' | 'onlyRole';

export interface RoleChoice {
  readonly role: Role;
  readonly reason: RoleReason | null;
  /** The file that takes this one's place when the role is chosen. */
  readonly swapsWith: string | null;
}

export function roleChoices(
  item: DraftReference,
  all: readonly DraftReference[],
  model: ModelSpec | undefined,
): RoleChoice[] {
  const others = all.filter((other) => other.key !== item.key);
  return ROLES_OF_KIND[item.reference.kind].map((role) => ({
    role,
    reason: role === item.role ? null : reasonAgainst(role, item, others, model),
    swapsWith: swapsWith(role, item, others),
  }));
}

function reasonAgainst(
  role: Role,
  item: DraftReference,
  others: readonly DraftReference[],
  model: ModelSpec | undefined,
): RoleReason | null {
  const isFrame = (candidate: Role): boolean => candidate === 'first_frame' || candidate === 'last_frame';
  if (!isFrame(role)) {
    if (model !== undefined && !model.modes.includes('r2v')) return 'noReferences';
    return others.some((other) => isFrame(other.role)) ? 'mixed' : null;
  }
  if (others.some((other) => !isFrame(other.role))) return 'mixed';
  const hasFirst = others.some((other) => other.role === 'first_frame');
  return role === 'last_frame' && !hasFirst ? 'needsFirst' : null;
}

function swapsWith(role: Role, item: DraftReference, others: readonly DraftReference[]): string | null {
  if (role === item.role || (role !== 'first_frame' && role !== 'last_frame')) return null;
  return others.find((other) => other.role === role)?.key ?? null;
}

/** Roles after choosing: a frame that is taken trades places. */
export function chooseRole(item: DraftReference, choice: RoleChoice): Map<string, Role> {
  const roles = new Map<string, Role>([[item.key, choice.role]]);
  if (choice.swapsWith !== null) roles.set(choice.swapsWith, item.role);
  return roles;
}

export type ModeReason =
  'notThisModel' | 'needsNoFiles' | 'needsOneImage' | 'needsTwoImages' | 'needsPicture';

export interface ModeChoice {
  readonly mode: Mode;
  readonly reason: ModeReason | null;
}

export function modeChoices(
  references: readonly DraftReference[],
  model: ModelSpec | undefined,
): ModeChoice[] {
  const current = modeOf(references);
  return MODES.map((mode) => {
    if (model !== undefined && !model.modes.includes(mode)) return { mode, reason: 'notThisModel' };
    return { mode, reason: mode === current ? null : lacks(mode, references) };
  });
}

function lacks(mode: Mode, references: readonly DraftReference[]): ModeReason | null {
  const images = references.filter(({ reference }) => reference.kind === 'image').length;
  const onlyImages = images === references.length;
  switch (mode) {
    case 't2v':
      return references.length === 0 ? null : 'needsNoFiles';
    case 'i2v':
      return onlyImages && images === 1 ? null : 'needsOneImage';
    case 'flf2v':
      return onlyImages && images === 2 ? null : 'needsTwoImages';
    case 'r2v':
      return references.some(({ reference }) => reference.kind !== 'audio') ? null : 'needsPicture';
  }
}

/** The roles that make these files the wanted mode. */
export function rolesForMode(mode: Mode, references: readonly DraftReference[]): Map<string, Role> {
  const frames: readonly Role[] = ['first_frame', 'last_frame'];
  return new Map(
    references.map(({ key, reference }, index): [string, Role] => [
      key,
      mode === 'r2v' ? `reference_${reference.kind}` : (frames[index] ?? 'last_frame'),
    ]),
  );
}
