import { meaningOfEasyPost } from './easypost-words';
import { meaningOfUps } from './ups-codes';
import { meaningOfUspsCode } from './usps-codes';

const MOVING = ['accepted', 'inTransit', 'outForDelivery', 'delivered'];

describe('a USPS event code', () => {
  it.each([
    ['MA', 'labelCreated'],
    ['GX', 'labelCreated'],
    ['89', 'labelCreated'],
    ['TM', 'labelCreated'],
    ['OA', 'originAccepted'],
    ['ua', 'originAccepted'],
    ['03', 'accepted'],
    ['10', 'inTransit'],
    ['A1', 'inTransit'],
    ['T1', 'inTransit'],
    ['TL', 'inTransit'],
    ['SF', 'inTransit'],
    ['07', 'inTransit'],
    ['OF', 'outForDelivery'],
    ['01', 'delivered'],
    ['02', 'exception'],
    ['53', 'exception'],
    ['ZZ', 'none'],
    ['', 'none'],
    ['constructor', 'none'],
  ])('%s means %s', (code, meaning) => {
    expect(meaningOfUspsCode(code)).toBe(meaning);
  });
});

describe('a UPS activity', () => {
  it.each([
    ['M', 'MP', 'labelCreated'],
    ['MV', '', 'none'],
    ['I', 'OR', 'accepted'],
    ['P', 'PU', 'accepted'],
    ['I', 'DP', 'inTransit'],
    ['I', 'OT', 'outForDelivery'],
    ['D', 'FS', 'delivered'],
    ['X', 'A1', 'exception'],
    ['X', 'RS', 'returned'],
    ['U', 'OR', 'none'],
    ['Q', 'OR', 'none'],
    ['constructor', '', 'none'],
  ])('of type %s and code %s means %s', (type, code, meaning) => {
    expect(meaningOfUps({ type, code })).toBe(meaning);
  });
});

describe('words under "in transit"', () => {
  // Mappers that fall forward to "in transit" call these moving; an order would stop its clock by them.
  it.each([
    'Label Created, USPS Awaiting Item',
    'Shipping Label Created, USPS Awaiting Item',
    'Shipment Received, Package Acceptance Pending',
    'Pre-Shipment Info Sent to USPS, USPS Awaiting Item',
    'USPS has not yet received the item',
    'Some text of next year',
    'Status Update',
    '...',
  ])('that prove nothing never read as moving: %s', (message) => {
    for (const statusDetail of ['unknown', 'status_update', 'a_detail_of_next_year', undefined]) {
      expect(MOVING).not.toContain(meaningOfEasyPost({ status: 'in_transit', statusDetail, message, source: 'USPS' }));
      expect(MOVING).not.toContain(meaningOfEasyPost({ status: 'in_transit', statusDetail, message }));
    }
  });

  it.each([
    ['USPS in possession of item', 'accepted'],
    ['Picked Up', 'accepted'],
    ['Picked Up by Shipping Partner, USPS Awaiting Item', 'labelCreated'],
    ['Origin Scan', 'accepted'],
    ['Accepted at USPS Origin Facility', 'originAccepted'],
    ['Acceptance', 'originAccepted'],
    ['Arrived at USPS Regional Origin Facility', 'inTransit'],
    ['Departed Post Office', 'inTransit'],
    ['In Transit to Next Facility', 'inTransit'],
  ])('that are known mean what they say: %s', (message, meaning) => {
    expect(meaningOfEasyPost({ status: 'in_transit', message, source: 'USPS' })).toBe(meaning);
  });

  it('of a carrier without forms are of the piece', () => {
    const accepted = { status: 'in_transit', message: 'Accepted at Origin Facility' };
    expect(meaningOfEasyPost({ ...accepted, source: 'FedEx' })).toBe('accepted');
    expect(meaningOfEasyPost({ ...accepted, source: 'USPSReturns' })).toBe('originAccepted');
  });
});
