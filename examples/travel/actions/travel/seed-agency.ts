import type Database from 'better-sqlite3';

/** Name, name in Chinese, latitude, longitude, and how dear its hotels are. */
const CITIES: readonly (readonly [string, string, number, number, number])[] = [
  ['London', '伦敦', 51.5, -0.1, 1.5],
  ['Paris', '巴黎', 48.9, 2.4, 1.4],
  ['Rome', '罗马', 41.9, 12.5, 1.1],
  ['Barcelona', '巴塞罗那', 41.4, 2.2, 1.1],
  ['Berlin', '柏林', 52.5, 13.4, 1],
  ['Amsterdam', '阿姆斯特丹', 52.4, 4.9, 1.3],
  ['Lisbon', '里斯本', 38.7, -9.1, 0.9],
  ['Vienna', '维也纳', 48.2, 16.4, 1.1],
  ['New York', '纽约', 40.7, -74, 1.8],
  ['Tokyo', '东京', 35.7, 139.7, 1.4],
  ['Singapore', '新加坡', 1.4, 103.8, 1.5],
  ['Hong Kong', '香港', 22.3, 114.2, 1.4],
  ['Beijing', '北京', 39.9, 116.4, 0.9],
  ['Shanghai', '上海', 31.2, 121.5, 1],
];

/** Airline, in Chinese, departure, price factor, stops, whether a checked bag and a meal are included. */
const DAILY_FLIGHTS: readonly (readonly [string, string, string, number, number, number, number])[] = [
  ['Skylark', '云雀航空', '06:40', 0.8, 0, 0, 0],
  ['Heron Air', '苍鹭航空', '09:55', 1.25, 0, 1, 1],
  ['Swift', '雨燕航空', '13:20', 1, 0, 1, 0],
  ['Albatross', '信天翁航空', '16:45', 0.65, 1, 0, 0],
  ['Heron Air', '苍鹭航空', '20:10', 1.1, 0, 1, 1],
];

/** Id, name, in Chinese, area, street, stars, breakfast, parking, pool, price a night in euros. */
const HOTELS: readonly (readonly [
  string,
  string,
  string,
  string,
  string,
  number,
  number,
  number,
  number,
  number,
])[] = [
  ['station', 'Station Inn', '车站旅馆', 'station', '2 Station Square', 2, 1, 0, 0, 62],
  ['grand', 'Grand Hotel', '豪华大酒店', 'centre', '1 Main Square', 5, 1, 1, 1, 210],
  ['river', 'Riverside House', '河畔酒店', 'river', '48 Quay Street', 3, 0, 1, 0, 98],
  ['garden', 'Garden Hotel', '花园酒店', 'centre', '15 Park Lane', 4, 1, 0, 0, 135],
  ['airport', 'Airport Lodge', '机场客栈', 'airport', '7 Runway Road', 3, 0, 1, 0, 75],
];

/** Id, name, in Chinese, category, seats, automatic, electric, price a day in euros. */
const CARS: readonly (readonly [string, string, string, string, number, number, number, number])[] = [
  ['mini', 'Fiat 500', '菲亚特500', 'small', 4, 0, 0, 29],
  ['compact', 'VW Golf', '大众高尔夫', 'compact', 5, 0, 0, 41],
  ['electric', 'Renault Zoe', '雷诺Zoe', 'electric', 5, 1, 1, 48],
  ['suv', 'Nissan Qashqai', '日产逍客', 'suv', 5, 1, 0, 67],
  ['van', 'Ford Galaxy', '福特Galaxy', 'van', 7, 1, 0, 85],
];

/** Id, name, in Chinese, departure, minutes, meeting point, lunch, guide, price a person in euros. */
const EXCURSIONS: readonly (readonly [
  string,
  string,
  string,
  string,
  number,
  string,
  number,
  number,
  number,
])[] = [
  ['walk', 'Old Town Walk', '老城徒步', '10:00', 120, 'Main Square', 0, 1, 18],
  ['cruise', 'River Cruise', '游船观光', '14:30', 90, 'Quay 3', 0, 0, 24],
  ['museum', 'Museum Tour', '博物馆之旅', '11:00', 180, 'Museum entrance', 0, 1, 32],
  ['country', 'Countryside Day Trip', '乡村一日游', '08:30', 480, 'Bus station', 1, 1, 69],
  ['food', 'Street Food Tour', '美食之旅', '18:00', 150, 'Market Hall', 1, 1, 45],
];

/** Fills empty tables with what the agency sells: the same every time. */
export function seedAgency(database: Database.Database): void {
  const city = database.prepare('INSERT INTO cities VALUES (?, ?, ?, ?, ?)');
  for (const row of CITIES) city.run(...row);
  seedFlights(database);
  const hotel = database.prepare('INSERT INTO hotels VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)');
  const car = database.prepare('INSERT INTO cars VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const excursion = database.prepare('INSERT INTO excursions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const [at, [name, , , , level]] of CITIES.entries()) {
    const cents = (euros: number): number => Math.round(euros * level) * 100;
    for (const [id, title, titleZh, area, address, stars, breakfast, parking, pool, price] of HOTELS) {
      const phone = `+44 20 7946 0${String(at + 10)}${stars}`;
      const own = [stars, breakfast, parking, pool] as const;
      hotel.run(
        idOf(name, id),
        name,
        title,
        titleZh,
        area,
        `${address}, ${name}`,
        phone,
        ...own,
        cents(price),
      );
    }
    for (const [id, title, titleZh, category, seats, automatic, electric, price] of CARS) {
      car.run(idOf(name, id), name, title, titleZh, category, seats, automatic, electric, cents(price));
    }
    for (const [id, title, titleZh, departs, minutes, meeting, lunch, guide, price] of EXCURSIONS) {
      const own = [departs, minutes, meeting, lunch, guide] as const;
      excursion.run(idOf(name, id), name, title, titleZh, ...own, cents(price));
    }
  }
}

function seedFlights(database: Database.Database): void {
  const flight = database.prepare('INSERT INTO flights VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const from of CITIES) {
    for (const to of CITIES) {
      if (from === to) continue;
      const km = kilometres(from, to);
      for (const [at, [airline, airlineZh, departs, factor, stops, bag, meal]] of DAILY_FLIGHTS.entries()) {
        const minutes = Math.round((40 + km / 13) / 5) * 5 + stops * 95;
        const cents = Math.round((45 + km * 0.055) * factor) * 100;
        const id = `${idOf(from[0], to[0])}-${at + 1}`;
        flight.run(id, from[0], to[0], airline, airlineZh, departs, minutes, stops, bag, meal, cents);
      }
    }
  }
}

function idOf(city: string, what: string): string {
  return `${city}-${what}`.toLowerCase().replaceAll(' ', '_');
}

type City = (typeof CITIES)[number];

/** Great-circle distance (haversine). */
function kilometres([, , latitude, longitude]: City, [, , toLatitude, toLongitude]: City): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const across = Math.sin(radians(toLatitude - latitude) / 2) ** 2;
  const along = Math.sin(radians(toLongitude - longitude) / 2) ** 2;
  const shrink = Math.cos(radians(latitude)) * Math.cos(radians(toLatitude));
  return 2 * 6371 * Math.asin(Math.sqrt(across + shrink * along));
}
