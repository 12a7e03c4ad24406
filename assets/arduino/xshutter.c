/* xshutter.c - a camera's shutter and focus at an Arduino Uno or Nano (ATmega328P, 16 MHz).
 *
 * Built with avr-gcc alone; the Makefile beside it builds and loads it. Each pin goes through a
 * resistor (1 kOhm) to the base of an NPN transistor, whose collector and emitter are at the
 * camera's remote jack; a resistor of 10 kOhm from each pin to ground keeps the camera at rest
 * while the board starts.
 *
 *   D2   shutter        D3   focus        D13  the board's lamp: lit while the shutter is pressed
 *   A4   SDA            A5   SCL          of an SSD1306 display (0x3c) with the count, if any
 *
 * The board lets go by itself: at reset; when the longest time that it was told is over; when it
 * hears nothing for as long as it was told (5 s unless told otherwise); and when it hangs, by its
 * watchdog, after a quarter of a second.
 *
 * The protocol (version 1)
 * ------------------------
 * 115200 baud, 8N1. The host asks with one line, and the board answers each with one line:
 *
 *   SEQUENCE COMMAND [ARGUMENT...]*CRC      SEQUENCE ok [...]*CRC      SEQUENCE no REASON*CRC
 *
 * SEQUENCE is 0 to 255. CRC is the CRC-8 (polynomial 0x07, from 0) of all that is before the star,
 * in two hexadecimal digits. A line ends with LF. A damaged line is not answered; the host asks
 * again with the same sequence number, and what was done already is not done again: the old answer
 * is given again.
 *
 *   hello SILENCE HEIGHT  -> ok xshutter 1 COUNT   lets everything go; SILENCE in ms, 500 to
 *                                                  60000; HEIGHT of the display, 32 or 64
 *   focus 0|1             -> ok
 *   open LONGEST          -> ok                    LONGEST in ms, 1 to 400000000
 *   close                 -> ok HELD WHY           HELD in ms; WHY it ended: host, longest,
 *                                                  silence, or none if nothing was open
 *   state                 -> ok SHUTTER FOCUS COUNT
 *   count N               -> ok                    the count becomes N
 *
 * REASON is one of: command, argument. Every good line, whatever it says, ends a silence.
 */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/pgmspace.h>
#include <avr/sleep.h>
#include <avr/wdt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <util/atomic.h>

#define SHUTTER (1 << PD2)
#define FOCUS (1 << PD3)
#define LAMP (1 << PB5)

/* Why the shutter was let go. */
enum { NONE, HOST, LONGEST, SILENCE };
static const char *const WHY[] = {"none", "host", "longest", "silence"};

static volatile uint32_t now;   /* ms since reset */
static volatile uint32_t left;  /* ms until the shutter is let go; 0: it is */
static volatile uint32_t held;  /* ms that it was pressed, the last time */
static volatile uint8_t why;    /* why it was let go */
static volatile uint16_t quiet; /* ms since the host was heard */
static uint16_t silence = 5000; /* how long that may be */

/* The count outlives a reset (opening the port is one), but not a loss of power. */
static uint32_t count __attribute__((section(".noinit")));
static uint32_t count_check __attribute__((section(".noinit")));
#define CHECK 0x5a17c0deUL

/* --- the two buttons -------------------------------------------------------------------- */

/* With interrupts off. */
static void let_go(uint8_t reason) {
  PORTD &= ~SHUTTER;
  PORTB &= ~LAMP;
  if (left) {
    left = 0;
    why = reason;
  }
}

static void press(uint32_t longest) {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    if (!left) held = 0;
    left = longest;
    why = NONE;
    PORTD |= SHUTTER;
    PORTB |= LAMP;
  }
}

/* Every millisecond, whatever else is going on. */
ISR(TIMER0_COMPA_vect) {
  now++;
  if (left) {
    held++;
    if (left == 1) let_go(LONGEST);
    else left--;
  }
  if (quiet < silence) quiet++;
  else {
    let_go(SILENCE);
    PORTD &= ~FOCUS;
  }
}

/* --- the serial port -------------------------------------------------------------------- */

#define RING 64
static volatile uint8_t ring[RING], ring_in, ring_out;

ISR(USART_RX_vect) {
  uint8_t byte = UDR0, next = (ring_in + 1) % RING;
  if (next == ring_out) return; /* lost; the line's CRC tells */
  ring[ring_in] = byte;
  ring_in = next;
}

static char answer[40]; /* the last one, for a host that did not hear it */
static uint8_t answer_length;

static uint8_t crc8(const char *bytes, uint8_t length) {
  uint8_t crc = 0;
  while (length--) {
    crc ^= (uint8_t)*bytes++;
    for (uint8_t bit = 0; bit < 8; bit++) crc = crc & 0x80 ? (crc << 1) ^ 0x07 : crc << 1;
  }
  return crc;
}

static void send(void) {
  for (uint8_t i = 0; i < answer_length; i++) {
    while (!(UCSR0A & (1 << UDRE0))) {}
    UDR0 = answer[i];
  }
}

static void say(const char *text) {
  while (*text && answer_length < sizeof answer - 4) answer[answer_length++] = *text++;
}

static void say_number(uint32_t number) {
  char digits[11];
  say(" ");
  say(ultoa(number, digits, 10));
}

static void say_end(void) {
  static const char HEX[] = "0123456789abcdef";
  uint8_t crc = crc8(answer, answer_length);
  answer[answer_length++] = '*';
  answer[answer_length++] = HEX[crc >> 4];
  answer[answer_length++] = HEX[crc & 15];
  answer[answer_length++] = '\n';
}

/* A number of digits alone within limits; moves on behind it and its blank. */
static uint8_t number(const char **text, uint32_t least, uint32_t most, uint32_t *value) {
  uint32_t sum = 0;
  uint8_t digits = 0;
  for (; **text >= '0' && **text <= '9'; (*text)++) {
    if (++digits > 9) return 0;
    sum = sum * 10 + (uint32_t)(**text - '0');
  }
  if (**text == ' ') (*text)++;
  else if (**text) return 0;
  *value = sum;
  return digits && sum >= least && sum <= most;
}

/* --- the display: a byte at a time, when the bus has time for it ------------------------- */

static uint8_t height = 64; /* pixels */
static uint8_t dirty = 1;

/* Columns of 0 to 9, five each, the lowest bit on top. */
static const uint8_t DIGITS[50] PROGMEM = {
    0x3e, 0x51, 0x49, 0x45, 0x3e, 0x00, 0x42, 0x7f, 0x40, 0x00, 0x42, 0x61, 0x51,
    0x49, 0x46, 0x21, 0x41, 0x45, 0x4b, 0x31, 0x18, 0x14, 0x12, 0x7f, 0x10, 0x27,
    0x45, 0x45, 0x45, 0x39, 0x3c, 0x4a, 0x49, 0x49, 0x30, 0x01, 0x71, 0x09, 0x05,
    0x03, 0x36, 0x49, 0x49, 0x49, 0x36, 0x06, 0x49, 0x49, 0x29, 0x1e};

/* Display on, charge pump, page addressing, upside down as the modules are soldered. */
static const uint8_t START_UP[] PROGMEM = {0xae, 0xd5, 0x80, 0xd3, 0x00, 0x40, 0x8d, 0x14,
                                           0x20, 0x02, 0xa1, 0xc8, 0x81, 0x8f, 0xd9, 0xf1,
                                           0xdb, 0x40, 0xa4, 0xa6, 0xaf};
#define SCALE 3
#define CELL (6 * SCALE)

static char shown[11]; /* what is being drawn */
static uint8_t shown_left, shown_top, shown_open;

static uint8_t pixels(uint8_t page, uint8_t x) {
  uint8_t bits = 0;
  /* A bar at the bottom while the shutter is pressed. */
  if (page == height / 8 - 1 && shown_open) bits = 0xe0;
  if (x < shown_left) return bits;
  uint8_t cell = (x - shown_left) / CELL, column = (x - shown_left) % CELL / SCALE;
  if (column > 4 || cell >= strlen(shown)) return bits;
  uint8_t dots = pgm_read_byte(&DIGITS[(shown[cell] - '0') * 5 + column]);
  for (uint8_t bit = 0; bit < 8; bit++) {
    int8_t row = (int8_t)(page * 8 + bit) - (int8_t)shown_top;
    if (row >= 0 && row < 7 * SCALE && dots & (1 << (row / SCALE))) bits |= 1 << bit;
  }
  return bits;
}

/* What is on the bus: the start-up, then for each page where it is and what is in it. */
enum { AWAY, STARTING_UP, PLACING, DRAWING, IDLE };
static uint8_t stage = AWAY, page, at;
static uint32_t since; /* ms: the last step, or when it was found to be away */

/* The byte at `at` of this stage's message; the length is more than 255 with its address. */
static uint8_t message(uint8_t *byte) {
  switch (stage) {
  case STARTING_UP:
    if (at == 0) *byte = 0x00;
    else if (at <= sizeof START_UP) *byte = pgm_read_byte(&START_UP[at - 1]);
    else if (at == sizeof START_UP + 1) *byte = 0xa8; /* rows */
    else if (at == sizeof START_UP + 2) *byte = height - 1;
    else if (at == sizeof START_UP + 3) *byte = 0xda; /* how they are wired */
    else if (at == sizeof START_UP + 4) *byte = height == 64 ? 0x12 : 0x02;
    else return 0;
    return 1;
  case PLACING:
    if (at == 0) *byte = 0x00;
    else if (at == 1) *byte = 0xb0 + page;
    else if (at == 2) *byte = 0x00;
    else if (at == 3) *byte = 0x10;
    else return 0;
    return 1;
  default:
    if (at == 0) *byte = 0x40;
    else if (at <= 128) *byte = pixels(page, at - 1);
    else return 0;
    return 1;
  }
}

static void begin(uint8_t next) {
  stage = next;
  at = 0;
  since = now;
  TWCR = (1 << TWINT) | (1 << TWSTA) | (1 << TWEN);
}

static void redraw(void) {
  uint32_t number;
  dirty = 0;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) shown_open = left != 0;
  number = count > 9999999UL ? 9999999UL : count;
  ultoa(number, shown, 10);
  shown_left = (128 - CELL * strlen(shown) + SCALE) / 2;
  shown_top = height == 64 ? 20 : 4;
  page = 0;
  begin(PLACING);
}

static void display(uint32_t time) {
  uint8_t byte, status;
  switch (stage) {
  case AWAY:
    if (time - since >= 2000) begin(STARTING_UP);
    return;
  case IDLE:
    if (dirty) redraw();
    return;
  }
  if (!(TWCR & (1 << TWINT))) {
    if (time - since < 5) return;
    /* The bus hangs. */
    TWCR = 0;
    stage = AWAY;
    since = time;
    return;
  }
  since = time;
  status = TWSR & 0xf8;
  if (status == 0x08 || status == 0x10) byte = 0x3c << 1;
  else if (status != 0x18 && status != 0x28) {
    /* Nobody is there. */
    TWCR = (1 << TWINT) | (1 << TWSTO) | (1 << TWEN);
    stage = AWAY;
    return;
  } else if (message(&byte)) at++;
  else {
    TWCR = (1 << TWINT) | (1 << TWSTO) | (1 << TWEN);
    if (stage == STARTING_UP) {
      stage = IDLE;
      dirty = 1;
    } else if (stage == PLACING) begin(DRAWING);
    else if (++page < height / 8) begin(PLACING);
    else stage = IDLE;
    return;
  }
  TWDR = byte;
  TWCR = (1 << TWINT) | (1 << TWEN);
}

/* --- what the host asks ----------------------------------------------------------------- */

static void count_is(uint32_t value) {
  count = value;
  count_check = value ^ CHECK;
  dirty = 1;
}

static uint8_t is(const char **text, const char *command) {
  uint8_t length = strlen(command);
  if (strncmp(*text, command, length)) return 0;
  if ((*text)[length] == ' ') length++;
  else if ((*text)[length]) return 0;
  *text += length;
  return 1;
}

static void everything_goes(void) {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    let_go(HOST);
    PORTD &= ~FOCUS;
  }
  dirty = 1;
}

static const char *obey(const char *text) {
  uint32_t value, other;
  if (is(&text, "hello")) {
    everything_goes();
    why = NONE;
    if (!number(&text, 500, 60000, &value) || !number(&text, 32, 64, &other)) return "argument";
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE) silence = value;
    if (height != other) {
      height = other == 32 ? 32 : 64;
      if (stage != AWAY) begin(STARTING_UP);
    }
    say(" xshutter 1");
    say_number(count);
  } else if (is(&text, "focus")) {
    if (!number(&text, 0, 1, &value)) return "argument";
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
      if (value) PORTD |= FOCUS;
      else PORTD &= ~FOCUS;
    }
  } else if (is(&text, "open")) {
    if (!number(&text, 1, 400000000UL, &value)) return "argument";
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE) other = left;
    press(value);
    if (!other) count_is(count + 1);
  } else if (is(&text, "close")) {
    uint8_t reason;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
      let_go(HOST);
      value = held;
      reason = why;
      held = 0;
      why = NONE;
    }
    dirty = 1;
    say_number(value);
    say(" ");
    say(WHY[reason]);
  } else if (is(&text, "state")) {
    say_number((PORTD & SHUTTER) != 0);
    say_number((PORTD & FOCUS) != 0);
    say_number(count);
  } else if (is(&text, "count")) {
    if (!number(&text, 0, 999999999UL, &value)) return "argument";
    count_is(value);
  } else return "command";
  return 0;
}

static int16_t last_sequence = -1;

static void line(char *text, uint8_t length) {
  char *star = memchr(text, '*', length);
  const char *rest = text;
  uint32_t sequence;
  const char *problem;
  if (!star || star != text + length - 3) return;
  *star = 0;
  if ((uint8_t)strtoul(star + 1, 0, 16) != crc8(text, star - text)) return;
  if (!number(&rest, 0, 255, &sequence)) return;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) quiet = 0;
  if ((int16_t)sequence == last_sequence && strncmp(rest, "hello", 5)) {
    send();
    return;
  }
  last_sequence = sequence;
  answer_length = 0;
  say(utoa(sequence, (char[6]){0}, 10));
  uint8_t head = answer_length;
  say(" ok");
  problem = obey(rest);
  if (problem) {
    answer_length = head;
    say(" no ");
    say(problem);
  }
  say_end();
  send();
}

/* After a reset by the watchdog it runs on, with its shortest time. */
void watchdog_off(void) __attribute__((naked, used, section(".init3")));
void watchdog_off(void) {
  MCUSR = 0;
  wdt_disable();
}

int main(void) {
  static char text[40];
  uint8_t length = 0, whole = 1, was_open = 0;
  uint32_t fed = 0;
  PORTD &= ~(SHUTTER | FOCUS);
  PORTB &= ~LAMP;
  DDRD |= SHUTTER | FOCUS;
  DDRB |= LAMP;
  if (count_check != (count ^ CHECK)) count_is(0);
  TCCR0A = 1 << WGM01;
  TCCR0B = (1 << CS01) | (1 << CS00); /* 16 MHz / 64 / 250: 1 kHz */
  OCR0A = 249;
  TIMSK0 = 1 << OCIE0A;
  UCSR0A = 1 << U2X0;
  UBRR0 = 16; /* 115200 */
  UCSR0B = (1 << RXEN0) | (1 << TXEN0) | (1 << RXCIE0);
  UCSR0C = (1 << UCSZ01) | (1 << UCSZ00);
  TWBR = 12; /* 400 kHz */
  set_sleep_mode(SLEEP_MODE_IDLE);
  wdt_enable(WDTO_250MS);
  sei();
  for (;;) {
    uint32_t time;
    uint8_t open;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
      time = now;
      open = left != 0;
    }
    /* Both the clock and this loop must go on. */
    if (time != fed) {
      wdt_reset();
      fed = time;
    }
    if (open != was_open) {
      was_open = open;
      dirty = 1;
    }
    while (ring_out != ring_in) {
      char byte = ring[ring_out];
      ring_out = (ring_out + 1) % RING;
      if (byte == '\n') {
        text[length] = 0;
        if (whole) line(text, length);
        length = 0;
        whole = 1;
      } else if (length < sizeof text - 1) text[length++] = byte;
      else whole = 0;
    }
    display(time);
    /* Until the next millisecond or byte; the bus is asked all the time. */
    cli();
    if (ring_out == ring_in && (stage == AWAY || (stage == IDLE && !dirty))) {
      sleep_enable();
      sei();
      sleep_cpu();
      sleep_disable();
    }
    sei();
  }
}
