/** Buyers of the demo shop. All are made up; 555-01xx is kept free of real phones in every area. */
const buyers = [
  ['Elizabeth Swan', '179 N Harbor Dr', 'Redondo Beach', 'California', '90277', '310'],
  ['Tobias Marlowe', '42 Juniper Ln', 'Portland', 'Oregon', '97205', '503'],
  ['Ines Calloway', '1908 Pecan St', 'Austin', 'Texas', '78701', '512'],
  ['Walter Finch', '77 Lakeview Ct', 'Madison', 'Wisconsin', '53703', '608'],
  ['Odette Brandt', '315 Magnolia Ave', 'Savannah', 'Georgia', '31401', '912'],
  ['Hugo Lindqvist', '6 Chapel Hill Rd', 'Burlington', 'Vermont', '05401', '802'],
  ['Priya Sandoval', '2240 Mesa Verde Dr', 'Santa Fe', 'New Mexico', '87501', '505'],
  ['Marcus Ellery', '58 Union Wharf', 'Boston', 'Massachusetts', '02109', '617'],
] as const;

/** Where the n-th order goes, in the platform's own words. */
export function buyerOf(serial: number): object {
  const [name, street, city, state, zip, area] = buyers[serial % buyers.length] ?? buyers[0];
  return {
    name,
    phone_number: `(+1)${area}-555-01${String(serial % 100).padStart(2, '0')}`,
    region_code: 'US',
    postal_code: zip,
    address_line1: street,
    address_line2: '',
    district_info: [
      { address_level: 'L0', address_level_name: 'Country', address_name: 'United States' },
      { address_level: 'L1', address_level_name: 'State', address_name: state },
      { address_level: 'L3', address_level_name: 'City', address_name: city },
    ],
  };
}

const goods = [
  ['MUG-BLUE', 'Blue mug'],
  ['TEE-OAT-M', 'Oat T-shirt, M'],
  ['CANDLE-FIG', 'Fig candle'],
  ['TOTE-CANVAS', 'Canvas tote'],
  ['PLANTER-S', 'Small planter'],
] as const;

/** What the n-th line item is. */
export function goodsOf(serial: number): object {
  const index = serial % goods.length;
  const [sku, name] = goods[index] ?? goods[0];
  return { sku_id: `172938247685298709${index}`, seller_sku: sku, product_name: name, sale_price: '18.90' };
}
