import { describe, expect, test } from 'vitest';
import { effectivePolicy, onlinePayment } from './effective-policy.ts';
import { onlinePaymentStatuses } from './online-payment.ts';

describe('online payment of a service with a team member', () => {
  test.each([
    ['not_available', 'not_available', 'not_available', 'both_not_available'],
    ['not_available', 'available', 'not_available', 'service_not_available'],
    ['not_available', 'required', 'not_available', 'service_not_available'],
    ['available', 'not_available', 'not_available', 'staff_not_available'],
    ['available', 'available', 'available', 'both_available'],
    ['available', 'required', 'required', 'staff_required'],
    ['required', 'not_available', 'not_available', 'staff_not_available'],
    ['required', 'available', 'required', 'service_required'],
    ['required', 'required', 'required', 'both_required'],
  ] as const)('strict: service %s, team member %s → %s because %s', (service, staff, status, reason) => {
    expect(onlinePayment(service, staff, 'strict')).toEqual({ status, reason });
  });

  test.each([
    ['not_available', 'not_available', 'not_available', 'both_not_available'],
    ['not_available', 'available', 'available', 'staff_available'],
    ['not_available', 'required', 'required', 'staff_required'],
    ['available', 'not_available', 'available', 'service_available'],
    ['available', 'required', 'required', 'staff_required'],
    ['required', 'not_available', 'required', 'service_required'],
    ['required', 'available', 'required', 'service_required'],
  ] as const)('enabling: service %s, team member %s → %s because %s', (service, staff, status, reason) => {
    expect(onlinePayment(service, staff, 'enabling')).toEqual({ status, reason });
  });

  const on = { enabled: true, minimumChargeMinor: 50n };
  const ask = { service: 'required', staff: 'available', precedence: 'strict', prepayMinor: 50n } as const;

  test('exactly the smallest charge can be asked for, a cent less cannot', () => {
    expect(effectivePolicy(on, ask).status).toBe('required');
    expect(effectivePolicy(on, { ...ask, prepayMinor: 49n })).toEqual({ status: 'not_available', reason: 'below_provider_minimum' });
  });

  test('a free service never asks for money', () => {
    expect(effectivePolicy({ ...on, minimumChargeMinor: 0n }, { ...ask, prepayMinor: 0n }).reason).toBe('price_is_zero');
  });

  test('where online payment is switched off nothing is asked, whatever the statuses say', () => {
    for (const service of onlinePaymentStatuses) {
      for (const staff of onlinePaymentStatuses) {
        for (const precedence of ['strict', 'enabling'] as const) {
          expect(effectivePolicy({ ...on, enabled: false }, { ...ask, service, staff, precedence }).status).toBe('not_available');
        }
      }
    }
  });
});
