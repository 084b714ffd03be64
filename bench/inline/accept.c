/*
 * The least that a program can do with a queue: every packet goes on, whatever it is. Batches of 64 by one call, one verdict for each batch,
 * room for whole packets of segmentation offload. What Sigward is measured against.
 *
 *     accept QUEUE        says `ready`, and goes on until it is killed
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { BATCH = 64, SLOT = 68 * 1024, LIMIT = 16384 };

static struct {
  struct nlmsghdr header;
  struct nfgenmsg generic;
  char attributes[64];
} message;

static void begin(int type, int queue) {
  memset(&message, 0, sizeof message);
  message.header.nlmsg_len = NLMSG_LENGTH(sizeof message.generic);
  message.header.nlmsg_type = NFNL_SUBSYS_QUEUE << 8 | type;
  message.header.nlmsg_flags = NLM_F_REQUEST;
  message.generic.res_id = htons((uint16_t)queue);
}

static void add(int type, const void *value, size_t length) {
  struct nlattr *attribute = (void *)((char *)&message + message.header.nlmsg_len);
  attribute->nla_type = (uint16_t)type;
  attribute->nla_len = (uint16_t)(NLA_HDRLEN + length);
  memcpy((char *)attribute + NLA_HDRLEN, value, length);
  message.header.nlmsg_len += NLA_ALIGN(attribute->nla_len);
}

static void transmit(int fd) {
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  if (sendto(fd, &message, message.header.nlmsg_len, 0, (void *)&kernel, sizeof kernel) < 0) perror("sendto");
}

static void configure(int fd, int queue) {
  struct nfqnl_msg_config_cmd bind_to = {.command = NFQNL_CFG_CMD_BIND};
  struct nfqnl_msg_config_params whole = {.copy_range = htonl(0xffff), .copy_mode = NFQNL_COPY_PACKET};
  uint32_t limit = htonl(LIMIT), flags = htonl(NFQA_CFG_F_GSO);
  begin(NFQNL_MSG_CONFIG, queue);
  add(NFQA_CFG_CMD, &bind_to, sizeof bind_to);
  transmit(fd);
  begin(NFQNL_MSG_CONFIG, queue);
  add(NFQA_CFG_QUEUE_MAXLEN, &limit, sizeof limit);
  add(NFQA_CFG_FLAGS, &flags, sizeof flags);
  add(NFQA_CFG_MASK, &flags, sizeof flags);
  add(NFQA_CFG_PARAMS, &whole, sizeof whole);
  transmit(fd);
}

/* The id of the packet in a message; `last` where it is no packet. */
static uint32_t id_of(char *bytes, uint32_t last) {
  struct nlmsghdr *header = (void *)bytes;
  if (header->nlmsg_type != (NFNL_SUBSYS_QUEUE << 8 | NFQNL_MSG_PACKET)) return last;
  char *end = bytes + header->nlmsg_len;
  for (char *at = bytes + NLMSG_LENGTH(sizeof(struct nfgenmsg)); at + NLA_HDRLEN <= end;) {
    struct nlattr *attribute = (void *)at;
    if ((attribute->nla_type & NLA_TYPE_MASK) == NFQA_PACKET_HDR) {
      struct nfqnl_msg_packet_hdr *packet = (void *)(at + NLA_HDRLEN);
      return ntohl(packet->packet_id);
    }
    at += NLA_ALIGN(attribute->nla_len);
  }
  return last;
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  int queue = atoi(arguments[1]);
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
  struct sockaddr_nl own = {.nl_family = AF_NETLINK};
  int room = 64 << 20, on = 1;
  if (fd < 0 || bind(fd, (void *)&own, sizeof own) < 0) return perror("socket"), 1;
  setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
  setsockopt(fd, SOL_NETLINK, NETLINK_NO_ENOBUFS, &on, sizeof on);
  configure(fd, queue);
  static char slots[BATCH][SLOT] __attribute__((aligned(4096)));
  static struct iovec vectors[BATCH];
  static struct mmsghdr headers[BATCH];
  for (int i = 0; i < BATCH; i++) {
    vectors[i] = (struct iovec){.iov_base = slots[i], .iov_len = SLOT};
    headers[i].msg_hdr = (struct msghdr){.msg_iov = &vectors[i], .msg_iovlen = 1};
  }
  puts("ready");
  fflush(stdout);
  uint32_t last = 0;
  for (;;) {
    int received = recvmmsg(fd, headers, BATCH, MSG_WAITFORONE, NULL);
    if (received <= 0) continue;
    for (int i = 0; i < received; i++) last = id_of(slots[i], last);
    struct nfqnl_msg_verdict_hdr verdict = {.verdict = htonl(NF_ACCEPT), .id = htonl(last)};
    begin(NFQNL_MSG_VERDICT_BATCH, queue);
    add(NFQA_VERDICT_HDR, &verdict, sizeof verdict);
    transmit(fd);
  }
}
