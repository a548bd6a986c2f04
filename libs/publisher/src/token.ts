import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createLocalIssuer } from '@gdtx/service-kit/local-issuer';
import { ROLES } from '@gdtx/service-kit/tokens';
import { Failure } from './failure.js';
import { keysOf } from './local-run.js';

export interface TokenWish {
  roles: string[];
  /** The subtrees that the bearer may write to; `vn` is everything. */
  units: string[];
  /** A number and a unit: '8h', '30 days', '-1s' for one that has expired already. */
  expiresIn?: string | undefined;
  subject?: string | undefined;
}

/** A token signed with the keys of the local run under `home`. Throws a Failure when it has never been started. */
export async function localToken(home: string, wish: TokenWish): Promise<string> {
  const unknown = wish.roles.filter((role) => !(ROLES as readonly string[]).includes(role));
  if (unknown.length > 0)
    throw new Failure(`There is no role ${unknown.join(', ')}: the roles are ${ROLES.join(', ')}.`);
  if (wish.roles.length === 0) throw new Failure(`Say at least one role: --role ${ROLES.join(' | ')}.`);
  const keys = keysOf(home);
  // The issuer makes keys where there are none, and no running service would know them.
  await access(join(keys, 'issuer.jwk.json')).catch(() => {
    throw new Failure(`The local run has never been started (${keys} has no keys): npm start makes them.`);
  });
  const issuer = await createLocalIssuer(keys);
  try {
    return await issuer.sign({
      roles: wish.roles,
      units: wish.units,
      ...(wish.subject && { sub: wish.subject }),
      ...(wish.expiresIn && { expiresIn: wish.expiresIn }),
    });
  } catch (error) {
    if (wish.expiresIn) throw new Failure(`${wish.expiresIn} is no time that a token can last: say 8h, 30m or 7d.`);
    throw error;
  }
}
