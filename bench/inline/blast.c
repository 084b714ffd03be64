/*
 * Sends datagrams from one host of a lab network to another, as fast as it is told or as it can.
 *
 *     blast send ADDRESS PORT SECONDS RATE FILE     RATE datagrams a second, 0: as many as possible; prints how many it sent, and its processor
 *                                                   time in nanoseconds
 *     blast sink PORT                               says `ready`; at the end of its input prints how many came, and their delays
 *
 * FILE has payloads, each behind its length in two bytes, least significant first; they are sent in order, over and over. The last eight
 * bytes of each are overwritten with the time at which it is sent, from which the sink reckons its delay.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { BATCH = 32, MOST_BYTES = 2048, MOST_PAYLOADS = 1 << 16, BUCKETS = 4096 };

static uint64_t read_clock(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static uint64_t now(void) { return read_clock(CLOCK_MONOTONIC); }

static char *payloads[MOST_PAYLOADS];
static size_t lengths[MOST_PAYLOADS];

static int read_payloads(const char *path) {
  FILE *file = fopen(path, "rb");
  int count = 0;
  unsigned char head[2];
  while (file && count < MOST_PAYLOADS && fread(head, 1, 2, file) == 2) {
    size_t length = head[0] | (size_t)head[1] << 8;
    payloads[count] = malloc(length);
    if (!payloads[count] || fread(payloads[count], 1, length, file) != length) break;
    lengths[count++] = length;
  }
  return count;
}

static int send_all(char **arguments) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
  inet_pton(AF_INET, arguments[0], &to.sin_addr);
  double seconds = atof(arguments[2]), rate = atof(arguments[3]);
  int count = read_payloads(arguments[4]), fd = socket(AF_INET, SOCK_DGRAM, 0), room = 4 << 20;
  if (count == 0 || connect(fd, (void *)&to, sizeof to) < 0) return 1;
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  static char bytes[BATCH][MOST_BYTES];
  static struct iovec vectors[BATCH];
  static struct mmsghdr headers[BATCH];
  uint64_t begin = now(), sent = 0;
  for (uint64_t time = begin; time - begin < (uint64_t)(seconds * 1e9); time = now()) {
    uint64_t due = rate > 0 ? (uint64_t)(rate * (double)(time - begin) / 1e9) : sent + BATCH;
    int batch = due - sent < BATCH ? (int)(due - sent) : BATCH;
    if (batch <= 0) {
      struct timespec pause = {.tv_nsec = 20000};
      nanosleep(&pause, NULL);
      continue;
    }
    for (int i = 0; i < batch; i++) {
      int which = (int)((sent + (uint64_t)i) % (uint64_t)count);
      memcpy(bytes[i], payloads[which], lengths[which]);
      memcpy(bytes[i] + lengths[which] - 8, &time, 8);
      vectors[i] = (struct iovec){.iov_base = bytes[i], .iov_len = lengths[which]};
      headers[i].msg_hdr = (struct msghdr){.msg_iov = &vectors[i], .msg_iovlen = 1};
    }
    int done = sendmmsg(fd, headers, (unsigned)batch, 0);
    if (done > 0) sent += (uint64_t)done;
  }
  double took = (double)(now() - begin) / 1e9;
  printf("{\"sent\":%llu,\"seconds\":%.6f,\"processor\":%llu}\n", (unsigned long long)sent, took,
         (unsigned long long)read_clock(CLOCK_PROCESS_CPUTIME_ID));
  return 0;
}

/* Buckets of a 32nd of a power of two, so that none is off by more than 3 %. */
static int bucket_of(uint64_t delay) {
  if (delay < 32) return (int)delay;
  int power = 63 - __builtin_clzll(delay);
  return (power - 4) * 32 + (int)(delay >> (power - 5) & 31);
}

static double delay_of(int bucket) {
  if (bucket < 32) return bucket;
  int power = bucket / 32 + 4;
  return (double)((uint64_t)(32 + bucket % 32) << (power - 5));
}

static uint64_t delays[BUCKETS], received;

static double quantile(double part) {
  uint64_t wanted = (uint64_t)(part * (double)received), seen = 0;
  for (int i = 0; i < BUCKETS; i++)
    if ((seen += delays[i]) > wanted) return delay_of(i) / 1000;
  return 0;
}

static int sink(char **arguments) {
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[0]))};
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0), room = 64 << 20;
  if (bind(fd, (void *)&own, sizeof own) < 0) return perror("bind"), 1;
  setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
  static char bytes[BATCH][MOST_BYTES];
  static struct iovec vectors[BATCH];
  static struct mmsghdr headers[BATCH];
  for (int i = 0; i < BATCH; i++) {
    vectors[i] = (struct iovec){.iov_base = bytes[i], .iov_len = MOST_BYTES};
    headers[i].msg_hdr = (struct msghdr){.msg_iov = &vectors[i], .msg_iovlen = 1};
  }
  puts("ready");
  fflush(stdout);
  struct pollfd ready[2] = {{.fd = fd, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
  for (;;) {
    poll(ready, 2, -1);
    int count = recvmmsg(fd, headers, BATCH, MSG_DONTWAIT, NULL);
    uint64_t time = now();
    for (int i = 0; i < count; i++) {
      uint64_t sent;
      if (headers[i].msg_len < 8) continue;
      memcpy(&sent, bytes[i] + headers[i].msg_len - 8, 8);
      delays[bucket_of(time - sent)]++;
      received++;
    }
    char byte;
    if (count <= 0 && ready[1].revents && fread(&byte, 1, 1, stdin) == 0) break;
  }
  printf("{\"received\":%llu,\"p50\":%.1f,\"p99\":%.1f,\"p999\":%.1f}\n", (unsigned long long)received, quantile(0.5),
         quantile(0.99), quantile(0.999));
  return 0;
}

int main(int count, char **arguments) {
  if (count == 7 && strcmp(arguments[1], "send") == 0) return send_all(arguments + 2);
  if (count == 3 && strcmp(arguments[1], "sink") == 0) return sink(arguments + 2);
  return 2;
}
