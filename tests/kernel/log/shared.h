#ifndef SHARED_H
#define SHARED_H

#define bpf_htonl_constant(x) (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_bswap32(x) : (x))

int other_file(int value);

/* The same site in two files. */
static __always_inline void log_in_header(int value) { bpf_info("in a header: %d", value); }

static __noinline int not_inlined(int value) {
  bpf_info("not inlined: %d", value);
  return 0;
}

#endif
