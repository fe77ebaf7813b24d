import { z } from 'zod';

/** UPS's REST APIs, as far as we read them. Money is decimal text; a list of one is sometimes no list; unknown fields pass. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((read) => (read === undefined || Array.isArray(read) ? read : [read]), z.array(item));

const Money = z.looseObject({ CurrencyCode: z.string().default('USD'), MonetaryValue: z.coerce.number() });

/** `expires_in` is text. */
export const Token = z.looseObject({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

const Arrival = z.looseObject({ Date: z.string().optional(), Time: z.string().optional() });

const RatedShipment = z.looseObject({
  Service: z.looseObject({ Code: z.string() }),
  TotalCharges: Money,
  NegotiatedRateCharges: z.looseObject({ TotalCharge: Money.optional() }).optional(),
  TimeInTransit: z
    .looseObject({
      ServiceSummary: z
        .looseObject({
          EstimatedArrival: z
            .looseObject({ Arrival: Arrival.optional(), BusinessDaysInTransit: z.coerce.number().optional() })
            .optional(),
        })
        .optional(),
    })
    .optional(),
});
export type RatedShipment = z.infer<typeof RatedShipment>;

export const Rated = z.looseObject({ RateResponse: z.looseObject({ RatedShipment: listOf(RatedShipment) }) });

export const Shipped = z.looseObject({
  ShipmentResponse: z.looseObject({
    ShipmentResults: z.looseObject({
      ShipmentCharges: z.looseObject({ TotalCharges: Money.optional() }).optional(),
      NegotiatedRateCharges: z.looseObject({ TotalCharge: Money.optional() }).optional(),
      PackageResults: listOf(z.looseObject({ TrackingNumber: z.string().min(1) })),
    }),
  }),
});

export const Recovered = z.looseObject({
  LabelRecoveryResponse: z.looseObject({
    LabelResults: listOf(
      z.looseObject({
        TrackingNumber: z.string().optional(),
        LabelImage: z.looseObject({ GraphicImage: z.string().optional() }).optional(),
      }),
    ).optional(),
    /** Where more than one shipment has the reference. */
    TrackingCandidate: listOf(z.looseObject({ TrackingNumber: z.string().min(1) })).optional(),
  }),
});

/** 1: voided, or voided already; 0: not voided. */
export const Voided = z.looseObject({
  VoidShipmentResponse: z.looseObject({
    SummaryResult: z.looseObject({ Status: z.looseObject({ Code: z.coerce.string() }) }),
  }),
});

const Activity = z.looseObject({
  date: z.string().optional(),
  time: z.string().optional(),
  gmtDate: z.string().optional(),
  gmtTime: z.string().optional(),
  gmtOffset: z.string().optional(),
  status: z.looseObject({ type: z.string().default(''), code: z.string().default('') }).optional(),
});
export type Activity = z.infer<typeof Activity>;

export const Tracked = z.looseObject({
  trackResponse: z.looseObject({
    shipment: z
      .array(
        z.looseObject({
          package: z
            .array(z.looseObject({ trackingNumber: z.string().optional(), activity: z.array(Activity).default([]) }))
            .default([]),
        }),
      )
      .default([]),
  }),
});

export const PickupCreated = z.looseObject({
  PickupCreationResponse: z.looseObject({
    PRN: z.string().min(1),
    RateResult: z.looseObject({ GrandTotalOfAllCharge: z.coerce.number().optional() }).optional(),
  }),
});

export const PickupsPending = z.looseObject({
  PickupPendingStatusResponse: z.looseObject({
    PendingStatus: listOf(
      z.looseObject({ PRN: z.string(), ServiceDate: z.string().optional(), ReferenceNumber: z.string().optional() }),
    ).optional(),
  }),
});

export const ErrorBody = z.looseObject({
  response: z.looseObject({
    errors: z
      .array(z.looseObject({ code: z.coerce.string().default(''), message: z.string().default('') }))
      .default([]),
  }),
});
