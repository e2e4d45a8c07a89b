/* Packed records, records with a packed or aligned member, and records within those. */
struct packed {
	char a;
	int b;
	short c;
} __attribute__((packed));

struct packed_but_fitting {
	int a;
	int b;
} __attribute__((packed));

struct packed_and_aligned {
	char a;
	int b;
	char c;
} __attribute__((packed, aligned(4)));

struct packed_member {
	char a;
	long b __attribute__((packed));
	int c;
};

struct over_aligned {
	char a;
} __attribute__((aligned(32)));

struct aligned_in_packed {
	char a;
	struct over_aligned b;
	long c;
} __attribute__((packed));

union packed_union {
	long a;
	char b[9];
} __attribute__((packed));

union aligned_union {
	int a;
	char b[6];
} __attribute__((aligned(16)));

struct all {
	char tag;
	struct packed packed;
	struct packed_but_fitting packed_but_fitting;
	struct packed_and_aligned packed_and_aligned;
	struct packed_member packed_member;
	struct over_aligned over_aligned[2];
	struct aligned_in_packed aligned_in_packed;
	union packed_union packed_union;
	union aligned_union aligned_union;
};

struct all use;
