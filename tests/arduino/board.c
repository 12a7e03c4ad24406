/* board.c - an Arduino in simavr: board SKETCH.elf [32|64]
 *
 * Its serial port is a pseudo-terminal, whose path is the first line on standard output. Each edge
 * of a pin follows as a line:
 *
 *   edge shutter 1 16004711      the pin's new level, and the processor's clock, 16 a microsecond
 *
 * Lines on standard input: `screen` draws the display's pixels as `.` and `#` between two lines
 * `screen` and `end`; `clock` says `clock N`, as in edges; `deaf` breaks the wire to the board;
 * `reset` presses its button; `unplug` closes the terminal and ends; the end of the input ends,
 * too. With a third argument there is a display of so many rows at I2C address 0x3c.
 *
 * The display is written after the SSD1306's data sheet, and shares nothing with the sketch.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <simavr/avr_ioport.h>
#include <simavr/avr_twi.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>

static avr_t *avr;
static int terminal;
static int has_room, is_deaf;
static FILE *report;

/* --- pins --- */

static void edge(struct avr_irq_t *irq, uint32_t value, void *name) {
  (void)irq;
  static uint32_t last[2] = {2, 2};
  uint32_t *before = &last[((char *)name)[0] == 'f'];
  if (*before == value) return;
  *before = value;
  fprintf(report, "edge %s %u %llu\n", (char *)name, value, (unsigned long long)avr->cycle);
  fflush(report);
}

/* --- the serial port --- */

static void from_board(struct avr_irq_t *irq, uint32_t value, void *none) {
  (void)irq, (void)none;
  uint8_t byte = value;
  /* Where nobody listens it is lost, as on a wire. */
  if (write(terminal, &byte, 1) < 0) return;
}
static void room(struct avr_irq_t *irq, uint32_t value, void *none) {
  (void)irq, (void)value, (void)none;
  has_room = 1;
}
static void no_room(struct avr_irq_t *irq, uint32_t value, void *none) {
  (void)irq, (void)value, (void)none;
  has_room = 0;
}

/* A byte takes its time on the wire, as it does at 115200 baud. */
static avr_cycle_count_t to_board(avr_t *board, avr_cycle_count_t when, void *none) {
  (void)none;
  uint8_t byte;
  if (has_room && read(terminal, &byte, 1) == 1 && !is_deaf)
    avr_raise_irq(avr_io_getirq(board, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT), byte);
  return when + board->frequency / 11520;
}

/* --- the display --- */

static int rows;
static uint8_t memory[8][128];
static struct {
  int selected, got_control, data, column, page, rows, on, wants, command;
} display;

/* How many bytes follow a command. */
static int parameters(uint8_t command) {
  switch (command) {
  case 0x20: case 0x81: case 0x8d: case 0xa8: case 0xd3: case 0xd5: case 0xd9: case 0xda: case 0xdb:
    return 1;
  case 0x21: case 0x22: return 2;
  default: return 0;
  }
}

static void command(uint8_t byte) {
  if (display.wants) {
    display.wants--;
    if (display.command == 0xa8) display.rows = byte + 1;
    return;
  }
  display.command = byte;
  display.wants = parameters(byte);
  if (byte <= 0x0f) display.column = (display.column & 0xf0) | byte;
  else if (byte <= 0x1f) display.column = (display.column & 0x0f) | (byte & 15) << 4;
  else if (byte >= 0xb0 && byte <= 0xb7) display.page = byte & 7;
  else if (byte == 0xae || byte == 0xaf) display.on = byte & 1;
}

static void on_bus(struct avr_irq_t *irq, uint32_t value, void *none) {
  (void)none;
  avr_twi_msg_irq_t message = {.u.v = value};
  avr_irq_t *answer = irq + (TWI_IRQ_INPUT - TWI_IRQ_OUTPUT);
  if (message.u.twi.msg & TWI_COND_STOP) display.selected = 0;
  if (message.u.twi.msg & TWI_COND_START) {
    display.selected = message.u.twi.addr >> 1 == 0x3c;
    display.got_control = 0;
    if (display.selected)
      avr_raise_irq(answer, avr_twi_irq_msg(TWI_COND_ACK, message.u.twi.addr, 1));
  }
  if (!display.selected || !(message.u.twi.msg & TWI_COND_WRITE)) return;
  avr_raise_irq(answer, avr_twi_irq_msg(TWI_COND_ACK, message.u.twi.addr, 1));
  uint8_t byte = message.u.twi.data;
  if (!display.got_control) {
    display.got_control = 1;
    display.data = byte == 0x40;
  } else if (!display.data) command(byte);
  else {
    memory[display.page][display.column & 127] = byte;
    display.column = (display.column + 1) & 127;
  }
}

static void screen(void) {
  fputs("screen\n", report);
  if (display.on && display.rows == rows)
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < 128; column++)
        putc(memory[row / 8][column] >> row % 8 & 1 ? '#' : '.', report);
      putc('\n', report);
    }
  fputs("end\n", report);
  fflush(report);
}

/* --- time --- */

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

/* Sleeping is done below, for all kinds of idling alike. */
static void no_sleep(avr_t *board, avr_cycle_count_t cycles) { (void)board, (void)cycles; }

/* The pins become inputs: what is at them is drawn to ground. */
static void reset(void) {
  avr_reset(avr);
  for (int pin = 2; pin <= 3; pin++)
    avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('D'), pin), 0);
  avr_cycle_timer_register(avr, avr->frequency / 11520, to_board, 0);
}

static void hear(void) {
  static char line[32];
  static size_t length;
  char byte;
  struct pollfd input = {.fd = 0, .events = POLLIN};
  while (poll(&input, 1, 0) == 1) {
    if (read(0, &byte, 1) != 1) exit(0);
    if (byte != '\n') {
      if (length < sizeof line - 1) line[length++] = byte;
      continue;
    }
    line[length] = 0;
    length = 0;
    if (!strcmp(line, "screen")) screen();
    if (!strcmp(line, "deaf")) is_deaf = 1;
    if (!strcmp(line, "reset")) reset();
    if (!strcmp(line, "unplug")) exit(0);
    if (!strcmp(line, "clock")) {
      fprintf(report, "clock %llu\n", (unsigned long long)avr->cycle);
      fflush(report);
    }
  }
}

static void open_terminal(void) {
  terminal = posix_openpt(O_RDWR | O_NOCTTY);
  if (terminal < 0 || grantpt(terminal) || unlockpt(terminal)) exit(1);
  /* Nobody else may keep the other end open: what a killed host set there would stay. */
  fcntl(terminal, F_SETFL, O_NONBLOCK);
  fprintf(report, "%s\n", ptsname(terminal));
  fflush(report);
}

int main(int count, char **arguments) {
  elf_firmware_t firmware = {0};
  uint32_t flags = 0;
  /* The library talks on standard output. */
  report = fdopen(dup(1), "w");
  dup2(2, 1);
  if (count < 2 || elf_read_firmware(arguments[1], &firmware)) return 1;
  rows = count > 2 ? atoi(arguments[2]) : 0;
  avr = avr_make_mcu_by_name("atmega328p");
  avr_init(avr);
  avr->log = LOG_ERROR;
  avr->frequency = 16000000;
  avr_load_firmware(avr, &firmware);
  avr->sleep = no_sleep;
  /* No echo, and no sleeping of its own while the sketch looks for a byte. */
  avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
  open_terminal();
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('D'), 2), edge, "shutter");
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('D'), 3), edge, "focus");
  avr_irq_t *uart = avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), 0);
  avr_irq_register_notify(uart + UART_IRQ_OUTPUT, from_board, 0);
  avr_irq_register_notify(uart + UART_IRQ_OUT_XON, room, 0);
  avr_irq_register_notify(uart + UART_IRQ_OUT_XOFF, no_room, 0);
  avr_cycle_timer_register(avr, avr->frequency / 11520, to_board, 0);
  if (rows)
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_TWI_GETIRQ(0), TWI_IRQ_OUTPUT), on_bus, 0);
  double began = seconds();
  for (;;) {
    /* A millisecond of its time, then of ours. */
    avr_cycle_count_t until = avr->cycle + avr->frequency / 1000;
    while (avr->cycle < until) {
      int state = avr_run(avr);
      if (state == cpu_Done || state == cpu_Crashed) return 1;
    }
    hear();
    double ahead = (double)avr->cycle / avr->frequency - (seconds() - began);
    if (ahead > 0) usleep(ahead * 1e6);
    /* What was lost on a busy machine stays lost. */
    if (ahead < -0.1) began -= ahead;
  }
}
