/**
 * Why a file is no evidence. `unknown`: none of the types that are taken. `damaged`: its end or its structure is missing. `polyglot`:
 * it is a second thing as well, such as an archive or a page. `active`: something in it acts. `locked`: it opens only with a password.
 */
export type EvidenceRefusal = 'empty' | 'tooLarge' | 'unknown' | 'damaged' | 'polyglot' | 'active' | 'locked';
