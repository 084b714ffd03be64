/*
 * Searches payloads for literals with Hyperscan: block mode, one hs_scan a payload, every match reported.
 *
 *   hyperscan LITERALS
 *
 * LITERALS holds for each literal two 32-bit numbers (1 if case does not matter, else 0; its length) and its bytes; all numbers
 * are little-endian, as Hyperscan's own machines are. It compiles them once and then obeys the lines of standard input, each
 * answered by one line of JSON. So it can take turns with whatever it is compared with.
 *
 *   load NAME   reads NAME.bytes, all payloads one after the other, and NAME.lengths, a 32-bit number each
 *   run N       searches all payloads N times; matches are only counted
 *   checksum    searches them once and adds up the matches as bench/search/checksum.ts says
 */
#include <hs/hs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Zeros behind the last payload, so that an empty file is something to read, too. */
#define SLACK 64
#define NAME_MAX_BYTES 200

struct contents {
  uint8_t *bytes;
  size_t length;
};

struct payloads {
  struct contents bytes;
  struct contents lengths;
};

struct tally {
  uint64_t matches;
  uint32_t payload;
  uint32_t sum;
};

static void fail(const char *what, const char *detail) {
  fprintf(stderr, "%s: %s\n", what, detail);
  exit(1);
}

static void *reserve(size_t bytes) {
  void *place = calloc(bytes + SLACK, 1);
  if (place == NULL) fail("hyperscan", "no memory");
  return place;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static struct contents read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  struct contents all;
  long length;
  if (file == NULL) fail(path, "cannot be opened");
  if (fseek(file, 0, SEEK_END) != 0 || (length = ftell(file)) < 0) fail(path, "has no length");
  rewind(file);
  all.length = (size_t)length;
  all.bytes = reserve(all.length);
  if (fread(all.bytes, 1, all.length, file) != all.length) fail(path, "cannot be read");
  fclose(file);
  return all;
}

static uint32_t number_at(const uint8_t *bytes) {
  uint32_t value;
  memcpy(&value, bytes, sizeof value);
  return value;
}

static hs_database_t *compile(struct contents file, unsigned *count) {
  size_t most = file.length / 8 + 1;
  const char **literals = reserve(most * sizeof *literals);
  size_t *lengths = reserve(most * sizeof *lengths);
  unsigned *flags = reserve(most * sizeof *flags);
  unsigned *ids = reserve(most * sizeof *ids);
  hs_database_t *database = NULL;
  hs_compile_error_t *error = NULL;
  unsigned n = 0;
  for (size_t at = 0; at + 8 <= file.length; at += 8 + lengths[n++]) {
    flags[n] = number_at(file.bytes + at) == 1 ? HS_FLAG_CASELESS : 0;
    lengths[n] = number_at(file.bytes + at + 4);
    literals[n] = (const char *)file.bytes + at + 8;
    ids[n] = n;
    if (lengths[n] > file.length - at - 8) fail("literals", "one reaches beyond the file");
  }
  if (hs_compile_lit_multi(literals, flags, ids, lengths, n, HS_MODE_BLOCK, NULL, &database, &error) != HS_SUCCESS)
    fail("Hyperscan refuses the literals", error->message);
  free(literals);
  free(lengths);
  free(flags);
  free(ids);
  *count = n;
  return database;
}

static int count_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
  struct tally *tally = context;
  (void)id, (void)from, (void)to, (void)flags;
  tally->matches++;
  return 0;
}

static int add_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
  struct tally *tally = context;
  uint32_t x = (id + 1) * 0x9e3779b1u;
  (void)from, (void)flags;
  x = (x ^ x >> 15) + (uint32_t)to;
  x *= 0x85ebca6bu;
  x = (x ^ x >> 13) + tally->payload;
  x *= 0xc2b2ae35u;
  tally->sum += x ^ x >> 16;
  tally->matches++;
  return 0;
}

static struct tally pass(hs_database_t *database, hs_scratch_t *scratch, struct payloads payloads, match_event_handler each) {
  struct tally tally = {0, 0, 0};
  const uint8_t *at = payloads.bytes.bytes;
  size_t count = payloads.lengths.length / 4;
  for (size_t i = 0; i < count; i++) {
    uint32_t length = number_at(payloads.lengths.bytes + 4 * i);
    tally.payload = (uint32_t)i;
    if (hs_scan(database, (const char *)at, length, 0, scratch, each, &tally) != HS_SUCCESS) fail("hs_scan", "failed");
    at += length;
  }
  return tally;
}

static void load(struct payloads *payloads, const char *name) {
  char path[NAME_MAX_BYTES + 16];
  size_t sum = 0;
  free(payloads->bytes.bytes);
  free(payloads->lengths.bytes);
  snprintf(path, sizeof path, "%.*s.bytes", NAME_MAX_BYTES, name);
  payloads->bytes = read_file(path);
  snprintf(path, sizeof path, "%.*s.lengths", NAME_MAX_BYTES, name);
  payloads->lengths = read_file(path);
  for (size_t i = 0; i + 4 <= payloads->lengths.length; i += 4) sum += number_at(payloads->lengths.bytes + i);
  if (sum != payloads->bytes.length) fail(name, "the lengths are not those of the bytes");
  printf("{\"payloads\":%zu,\"bytes\":%zu}\n", payloads->lengths.length / 4, payloads->bytes.length);
}

static void run(hs_database_t *database, hs_scratch_t *scratch, struct payloads payloads, int times) {
  struct tally tally = {0, 0, 0};
  double start = seconds();
  for (int i = 0; i < times; i++) tally = pass(database, scratch, payloads, count_match);
  printf("{\"seconds\":%.9f,\"matches\":%llu}\n", seconds() - start, (unsigned long long)tally.matches);
}

static void checksum(hs_database_t *database, hs_scratch_t *scratch, struct payloads payloads) {
  struct tally tally = pass(database, scratch, payloads, add_match);
  printf("{\"matches\":%llu,\"checksum\":%u}\n", (unsigned long long)tally.matches, tally.sum);
}

static void greet(hs_database_t *database, unsigned literals, double compiled) {
  char *info = NULL;
  size_t size = 0;
  hs_database_size(database, &size);
  hs_database_info(database, &info);
  printf("{\"literals\":%u,\"compileSeconds\":%.6f,\"databaseBytes\":%zu,\"info\":\"%s\"}\n", literals, compiled, size,
         info == NULL ? "" : info);
}

int main(int count, char **arguments) {
  struct payloads payloads = {{NULL, 0}, {NULL, 0}};
  hs_scratch_t *scratch = NULL;
  char line[NAME_MAX_BYTES + 16];
  unsigned literals = 0;
  if (count != 2) fail("usage", "hyperscan LITERALS");
  struct contents file = read_file(arguments[1]);
  double start = seconds();
  hs_database_t *database = compile(file, &literals);
  double compiled = seconds() - start;
  if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) fail("hs_alloc_scratch", "failed");
  setvbuf(stdout, NULL, _IOLBF, 0);
  greet(database, literals, compiled);
  while (fgets(line, sizeof line, stdin) != NULL) {
    line[strcspn(line, "\n")] = 0;
    if (strncmp(line, "load ", 5) == 0) load(&payloads, line + 5);
    else if (strncmp(line, "run ", 4) == 0) run(database, scratch, payloads, atoi(line + 4));
    else if (strcmp(line, "checksum") == 0) checksum(database, scratch, payloads);
    else fail("no such command", line);
  }
  return 0;
}
