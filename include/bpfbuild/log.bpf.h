/* Logging from BPF programs:
 *
 *   #include <bpfbuild/log.bpf.h>
 *
 *   bpf_info("process '%s' (parent PID: %d)", comm, parent);
 *
 * bpf_error, bpf_warn, bpf_info, bpf_debug and bpf_trace; with _ratelimited behind the name, at most
 * BPF_LOG_RATELIMIT_BURST times in BPF_LOG_RATELIMIT_INTERVAL_MS from one place in the source.
 *
 * Arguments are printk's: %d %u %x %lld ... %c, %p, %px, %ps and %pB (kernel symbol), %s (array, or pointer
 * to kernel memory, or bpf_log_user_string(pointer)), and by pointer or array %pI4, %pI6 and %pM. There may
 * be twelve. They are evaluated once, and only when the level is on; a bit-field has to be cast. What is
 * read by pointer takes a license that is compatible with the GPL.
 *
 * How it works. Nothing is formatted in the kernel. Each place in the source that logs, a site, has
 *
 *   a text in .rodata.bpf_log, "\1LEVEL\1FILE\1LINE\1FORMAT". It stays in the object. The site's id is a
 *   hash of it, folded by the compiler: it is the same whatever is linked with what, needs no relocation,
 *   and is equal only for sites of which all is equal;
 *
 *   a bpfbuild_log_state in .data.bpf_log, where user space finds how many records were lost there.
 *
 * A record in the ring buffer bpf_log is a bpfbuild_log_record and 8 bytes for each argument: its value, or
 * offset << 32 | length of bytes behind them; a negative length is the error of reading these. The compiler
 * knows the size of a record, so what runs is the reservation and the stores, as if written by hand.
 *
 * bpf_log_level is read-only, so the verifier knows its value and removes the calls that it turns off, with
 * all that they would do for their arguments. What is left is the reading of the level: two instructions in
 * each function that logs, and at most one more for each call, where the compiler has no register left to
 * keep the level in. It cannot be less: what a jump depends on is in a register, which an instruction has to
 * fill, and the verifier removes what is never reached, but nothing that is. Of calls above
 * BPF_LOG_MAX_LEVEL, the compiler leaves nothing at all.
 *
 * The reader of all this is <bpfbuild/log.hpp>. */
#ifndef BPFBUILD_LOG_BPF_H
#define BPFBUILD_LOG_BPF_H

#include <bpf/bpf_helpers.h>

/* Bytes of the ring buffer: a power of 2, and whole pages. User space may change it before it loads. */
#ifndef BPF_LOG_BUFFER_SIZE
#define BPF_LOG_BUFFER_SIZE (256 * 1024)
#endif

/* Room for a string that is given by a pointer, with the 0 at its end; what is longer is cut. */
#ifndef BPF_LOG_STRING_SIZE
#define BPF_LOG_STRING_SIZE 64
#endif

/* The kernel's own numbers. */
#ifndef BPF_LOG_RATELIMIT_BURST
#define BPF_LOG_RATELIMIT_BURST 10
#endif
#ifndef BPF_LOG_RATELIMIT_INTERVAL_MS
#define BPF_LOG_RATELIMIT_INTERVAL_MS 5000
#endif

/* Calls above this level are left out by the compiler. */
#ifndef BPF_LOG_MAX_LEVEL
#define BPF_LOG_MAX_LEVEL 5
#endif

/* The most that is logged: 0 nothing, 1 errors, 2 warnings, 3 information, 4 debugging, 5 traces. User space
 * may change it before it loads. A default other than 3 must be the same in all sources of an object. */
#ifndef BPF_LOG_LEVEL
#define BPF_LOG_LEVEL 3
#endif
const volatile unsigned int bpf_log_level __attribute__((weak)) = BPF_LOG_LEVEL;

#define bpf_error(format, args...) BPFBUILD_LOG(1, 0, format, ##args)
#define bpf_warn(format, args...) BPFBUILD_LOG(2, 0, format, ##args)
#define bpf_info(format, args...) BPFBUILD_LOG(3, 0, format, ##args)
#define bpf_debug(format, args...) BPFBUILD_LOG(4, 0, format, ##args)
#define bpf_trace(format, args...) BPFBUILD_LOG(5, 0, format, ##args)
#define bpf_error_ratelimited(format, args...) BPFBUILD_LOG(1, 1, format, ##args)
#define bpf_warn_ratelimited(format, args...) BPFBUILD_LOG(2, 1, format, ##args)
#define bpf_info_ratelimited(format, args...) BPFBUILD_LOG(3, 1, format, ##args)
#define bpf_debug_ratelimited(format, args...) BPFBUILD_LOG(4, 1, format, ##args)
#define bpf_trace_ratelimited(format, args...) BPFBUILD_LOG(5, 1, format, ##args)

/* An argument for %s that is an address in the memory of the current process. */
#define bpf_log_user_string(pointer) ((const struct bpfbuild_log_user_string*)(pointer))
struct bpfbuild_log_user_string;

/* The rest of this file is not for use by name. */

struct bpfbuild_log_record {
  unsigned long long site;
  unsigned long long time; /* of CLOCK_MONOTONIC, in nanoseconds */
};

struct bpfbuild_log_state {
  unsigned long long site;       /* 0 until there is something to tell */
  unsigned long long lost;       /* records that found the ring buffer full */
  unsigned long long suppressed; /* records over the rate limit */
  unsigned long long interval;   /* when the current interval began, in nanoseconds */
  unsigned long long count;      /* records in it */
};

struct {
  int (*type)[27]; /* BPF_MAP_TYPE_RINGBUF: the enum may not be among the program's kernel types */
  int (*max_entries)[BPF_LOG_BUFFER_SIZE];
} bpf_log SEC(".maps") __attribute__((weak));

/* Has the compiler check the arguments; never called. */
extern void bpfbuild_log_check(const char* format, ...) __attribute__((format(printf, 1, 2)));

#define BPFBUILD_LOG_INLINE static inline __attribute__((always_inline, unused))

/* The level. The compiler may neither think that it knows it, nor need it be read again for each call as a
 * volatile variable is: this is an expression without side effects that is opaque to it. */
BPFBUILD_LOG_INLINE unsigned long long bpfbuild_log_current_level(void) {
  unsigned long long level;
  __asm__("%0 = %1 ll\n\t%0 = *(u32 *)(%0 + 0)" : "=r"(level) : "i"(&bpf_log_level));
  return level;
}

/* Repeats a statement for n = from ... from + 15. What the compiler must fold is straight code, which it
 * folds early and in every version; loops it unrolls late, if at all. */
#define BPFBUILD_LOG_REPEAT4(step, from) step((from)) step((from) + 1) step((from) + 2) step((from) + 3)
#define BPFBUILD_LOG_REPEAT16(step, from) \
  BPFBUILD_LOG_REPEAT4(step, (from))      \
  BPFBUILD_LOG_REPEAT4(step, (from) + 4)  \
  BPFBUILD_LOG_REPEAT4(step, (from) + 8) BPFBUILD_LOG_REPEAT4(step, (from) + 12)

/* The id of a site, from its text, whose size is a multiple of 8; of which the first 512 bytes count.
 * site_id() in log_sites.cpp is the same. */
BPFBUILD_LOG_INLINE unsigned long long bpfbuild_log_site_id(const char* text, unsigned long long size) {
  unsigned long long id = size, word;
#define BPFBUILD_LOG_STEP(n)                    \
  if (8 * (n) < size) {                         \
    __builtin_memcpy(&word, text + 8 * (n), 8); \
    id = (id ^ word) * 0x9e3779b97f4a7c15;      \
    id ^= id >> 32;                             \
  }
  BPFBUILD_LOG_REPEAT16(BPFBUILD_LOG_STEP, 0)
  BPFBUILD_LOG_REPEAT16(BPFBUILD_LOG_STEP, 16)
  BPFBUILD_LOG_REPEAT16(BPFBUILD_LOG_STEP, 32)
  BPFBUILD_LOG_REPEAT16(BPFBUILD_LOG_STEP, 48)
#undef BPFBUILD_LOG_STEP
  return id;
}

enum bpfbuild_log_kind {
  bpfbuild_log_value,
  bpfbuild_log_string,
  bpfbuild_log_ipv4,
  bpfbuild_log_ipv6,
  bpfbuild_log_mac,
};

/* What the format, which ends with an additional '%', has for its argument number index. */
BPFBUILD_LOG_INLINE enum bpfbuild_log_kind bpfbuild_log_find_kind(const char* format, unsigned int index) {
  const char* conversion = 0;
  unsigned int seen = 0;
#define BPFBUILD_LOG_STEP(n)                                          \
  format = __builtin_strchr(format, '%');                             \
  format += 1 + __builtin_strspn(format + 1, "-+ #0123456789.hljzt"); \
  if (*format != '%' && seen++ == index) conversion = format;         \
  format = *format ? format + 1 : format - 1;
  BPFBUILD_LOG_REPEAT16(BPFBUILD_LOG_STEP, 0)
  BPFBUILD_LOG_REPEAT4(BPFBUILD_LOG_STEP, 16)
#undef BPFBUILD_LOG_STEP
  if (!conversion) return bpfbuild_log_value;
  if (conversion[0] == 's') return bpfbuild_log_string;
  if (conversion[0] != 'p') return bpfbuild_log_value;
  if (conversion[1] == 'M') return bpfbuild_log_mac;
  if (conversion[1] != 'I') return bpfbuild_log_value;
  return conversion[2] == '4' ? bpfbuild_log_ipv4 : bpfbuild_log_ipv6;
}

/* How many bytes of an argument travel behind the values. array is the size of one that is an array, else 0.
 */
BPFBUILD_LOG_INLINE unsigned int bpfbuild_log_length(enum bpfbuild_log_kind kind, unsigned int array) {
  switch (kind) {
    case bpfbuild_log_value:
      return 0;
    case bpfbuild_log_string:
      return array ? array : BPF_LOG_STRING_SIZE;
    case bpfbuild_log_ipv4:
      return 4;
    case bpfbuild_log_ipv6:
      return 16;
    case bpfbuild_log_mac:
      return 6;
  }
  return 0;
}

BPFBUILD_LOG_INLINE unsigned int bpfbuild_log_room(enum bpfbuild_log_kind kind, unsigned int array) {
  return (bpfbuild_log_length(kind, array) + 7) & -8;
}

/* Copies up to 128 bytes, in words: the compiler then aligns the local variable that they usually come from.
 */
BPFBUILD_LOG_INLINE void bpfbuild_log_copy(char* to, const char* from, unsigned int length) {
  struct word {
    unsigned long long value;
  } __attribute__((packed, may_alias));
#define BPFBUILD_LOG_STEP(n)                                                              \
  if (8 * (n) + 8 <= length)                                                              \
    *(unsigned long long*)(to + 8 * (n)) = ((const struct word*)(from + 8 * (n)))->value; \
  else if (8 * (n) < length)                                                              \
    __builtin_memcpy(to + 8 * (n), from + 8 * (n), length & 7);
  BPFBUILD_LOG_REPEAT16(BPFBUILD_LOG_STEP, 0)
#undef BPFBUILD_LOG_STEP
}

/* Writes one argument, its bytes to offset end. Returns the end of these. */
BPFBUILD_LOG_INLINE unsigned int bpfbuild_log_put(char* record, unsigned int index, unsigned int end,
                                                  enum bpfbuild_log_kind kind, unsigned int array,
                                                  int is_user, unsigned long long value) {
  unsigned long long* slot = (unsigned long long*)(record + sizeof(struct bpfbuild_log_record) + 8 * index);
  const void* source = (const void*)value;
  unsigned int length = bpfbuild_log_length(kind, array);
  long result = length;
  if (kind == bpfbuild_log_value) {
    *slot = value;
    return end;
  }
  if (array && length <= array && length <= 128)
    bpfbuild_log_copy(record + end, source, length);
  else if (is_user)
    result = bpf_probe_read_user_str(record + end, length, source);
  else if (kind == bpfbuild_log_string && !array)
    result = bpf_probe_read_kernel_str(record + end, length, source);
  else
    result |= bpf_probe_read_kernel(record + end, length, source);
  *slot = (unsigned long long)end << 32 | (unsigned int)result;
  return end + bpfbuild_log_room(kind, array);
}

BPFBUILD_LOG_INLINE void bpfbuild_log_lose(struct bpfbuild_log_state* state, unsigned long long site) {
  state->site = site;
  __sync_fetch_and_add(&state->lost, 1);
}

/* Whether a rate-limited site may log now. */
BPFBUILD_LOG_INLINE int bpfbuild_log_may(struct bpfbuild_log_state* state, unsigned long long site) {
  unsigned long long now = bpf_ktime_get_ns();
  if (now - state->interval > BPF_LOG_RATELIMIT_INTERVAL_MS * 1000000ULL) {
    state->interval = now;
    state->count = 0;
  }
  if (state->count < BPF_LOG_RATELIMIT_BURST) {
    __sync_fetch_and_add(&state->count, 1);
    return 1;
  }
  state->site = site;
  __sync_fetch_and_add(&state->suppressed, 1);
  return 0;
}

#define BPFBUILD_LOG_TEXT(x) BPFBUILD_LOG_TEXT_OF(x)
#define BPFBUILD_LOG_TEXT_OF(x) #x

/* Calls macro(what is left of the arguments with this one, this argument) for each argument. */
#define BPFBUILD_LOG_EACH(macro, args...) \
  BPFBUILD_LOG_PICK(_, ##args, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)(macro, ##args)
#define BPFBUILD_LOG_COUNT(args...) BPFBUILD_LOG_13TH(_, ##args, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define BPFBUILD_LOG_13TH(_, a, b, c, d, e, f, g, h, i, j, k, l, n, ...) n
#define BPFBUILD_LOG_PICK(_, a, b, c, d, e, f, g, h, i, j, k, l, n, ...) BPFBUILD_LOG_EACH##n
#define BPFBUILD_LOG_EACH0(m)
#define BPFBUILD_LOG_EACH1(m, x) m(1, x)
#define BPFBUILD_LOG_EACH2(m, x, rest...) m(2, x) BPFBUILD_LOG_EACH1(m, rest)
#define BPFBUILD_LOG_EACH3(m, x, rest...) m(3, x) BPFBUILD_LOG_EACH2(m, rest)
#define BPFBUILD_LOG_EACH4(m, x, rest...) m(4, x) BPFBUILD_LOG_EACH3(m, rest)
#define BPFBUILD_LOG_EACH5(m, x, rest...) m(5, x) BPFBUILD_LOG_EACH4(m, rest)
#define BPFBUILD_LOG_EACH6(m, x, rest...) m(6, x) BPFBUILD_LOG_EACH5(m, rest)
#define BPFBUILD_LOG_EACH7(m, x, rest...) m(7, x) BPFBUILD_LOG_EACH6(m, rest)
#define BPFBUILD_LOG_EACH8(m, x, rest...) m(8, x) BPFBUILD_LOG_EACH7(m, rest)
#define BPFBUILD_LOG_EACH9(m, x, rest...) m(9, x) BPFBUILD_LOG_EACH8(m, rest)
#define BPFBUILD_LOG_EACH10(m, x, rest...) m(10, x) BPFBUILD_LOG_EACH9(m, rest)
#define BPFBUILD_LOG_EACH11(m, x, rest...) m(11, x) BPFBUILD_LOG_EACH10(m, rest)
#define BPFBUILD_LOG_EACH12(m, x, rest...) m(12, x) BPFBUILD_LOG_EACH11(m, rest)

/* To the check of the format, a user string is a string. */
#define BPFBUILD_LOG_CHECKED(left, x) \
  , _Generic((x), const struct bpfbuild_log_user_string* : "", default : (x))

/* The one evaluation of an argument; an array becomes a pointer. An int is promoted, so that its kind is
 * known. */
#define BPFBUILD_LOG_EVALUATE(left, x)                                                                     \
  __auto_type bpfbuild_value##left = (x);                                                                  \
  const unsigned int bpfbuild_array##left =                                                                \
      __builtin_types_compatible_p(__typeof__(x), __typeof__(bpfbuild_value##left)) ? 0 : sizeof(x);       \
  const int bpfbuild_is_user##left = __builtin_types_compatible_p(__typeof__(bpfbuild_value##left),        \
                                                                  const struct bpfbuild_log_user_string*); \
  const enum bpfbuild_log_kind bpfbuild_kind##left =                                                       \
      __builtin_classify_type(bpfbuild_value##left) == 5 /* a pointer */                                   \
          ? bpfbuild_log_find_kind(bpfbuild_format, bpfbuild_count - (left))                               \
          : bpfbuild_log_value;
#define BPFBUILD_LOG_ROOM(left, x) +bpfbuild_log_room(bpfbuild_kind##left, bpfbuild_array##left)
#define BPFBUILD_LOG_PUT(left, x)                                                                    \
  bpfbuild_end = bpfbuild_log_put((char*)bpfbuild_record, bpfbuild_count - (left), bpfbuild_end,     \
                                  bpfbuild_kind##left, bpfbuild_array##left, bpfbuild_is_user##left, \
                                  (unsigned long long)bpfbuild_value##left);

#define BPFBUILD_LOG_SITE(level, format) \
  "\001" #level "\001" __FILE__ "\001" BPFBUILD_LOG_TEXT(__LINE__) "\001" format

#define BPFBUILD_LOG(level, is_limited, format, args...)                                                 \
  do {                                                                                                   \
    if (0) bpfbuild_log_check(format BPFBUILD_LOG_EACH(BPFBUILD_LOG_CHECKED, ##args));                   \
    static const char bpfbuild_site[(sizeof(BPFBUILD_LOG_SITE(level, format)) + 7) & -8] SEC(            \
        ".rodata.bpf_log") = BPFBUILD_LOG_SITE(level, format);                                           \
    static struct bpfbuild_log_state bpfbuild_state SEC(".data.bpf_log");                                \
    if ((level) <= BPF_LOG_MAX_LEVEL && bpfbuild_log_current_level() >= (level)) {                       \
      static const char bpfbuild_format[] = format "%";                                                  \
      const unsigned int bpfbuild_count = BPFBUILD_LOG_COUNT(args);                                      \
      const unsigned long long bpfbuild_id = bpfbuild_log_site_id(bpfbuild_site, sizeof(bpfbuild_site)); \
      if (is_limited && !bpfbuild_log_may(&bpfbuild_state, bpfbuild_id)) break;                          \
      BPFBUILD_LOG_EACH(BPFBUILD_LOG_EVALUATE, ##args)                                                   \
      unsigned int bpfbuild_end = sizeof(struct bpfbuild_log_record) + 8 * bpfbuild_count;               \
      struct bpfbuild_log_record* bpfbuild_record =                                                      \
          bpf_ringbuf_reserve(&bpf_log, bpfbuild_end BPFBUILD_LOG_EACH(BPFBUILD_LOG_ROOM, ##args), 0);   \
      if (!bpfbuild_record) {                                                                            \
        bpfbuild_log_lose(&bpfbuild_state, bpfbuild_id);                                                 \
        break;                                                                                           \
      }                                                                                                  \
      bpfbuild_record->site = bpfbuild_id;                                                               \
      bpfbuild_record->time = bpf_ktime_get_ns();                                                        \
      BPFBUILD_LOG_EACH(BPFBUILD_LOG_PUT, ##args)                                                        \
      (void)bpfbuild_end;                                                                                \
      (void)bpfbuild_format;                                                                             \
      bpf_ringbuf_submit(bpfbuild_record, 0);                                                            \
    }                                                                                                    \
  } while (0)

#endif
