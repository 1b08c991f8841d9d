/** What cameras do wrong, for those who have to cope with it. */
export interface Faults {
  /** No password is the right one. */
  readonly refusesPassword?: boolean;
  /** Nothing is sent for a while; seconds since the camera was switched on. */
  readonly silent?: { readonly fromS: number; readonly forS: number };
  /** Every seventh picture is damaged. */
  readonly garbage?: boolean;
  /** The stamps jump; `byS` may be negative. */
  readonly clockJump?: { readonly atS: number; readonly byS: number };
  /** Changes between the main and the sub film. */
  readonly resizes?: { readonly everyS: number };
  /** One key picture a minute. */
  readonly rareKeys?: boolean;
  /** The description names other parameter sets than the stream carries. */
  readonly liesInSdp?: boolean;
}
