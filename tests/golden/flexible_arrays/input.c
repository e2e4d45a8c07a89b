/* Arrays without elements: at the end, in the middle, in unions, of records, and embedded. */
struct item {
	int value;
};

struct flexible {
	int count;
	char data[];
};

struct zero {
	char start[0];
	long value;
	struct item items[0];
};

struct in_union {
	int kind;
	union {
		char bytes[0];
		struct item items[0];
	};
};

struct embedded {
	struct in_union head;
	struct zero zero;
	long tail;
};

struct nothing {
};

struct holds_nothing {
	struct nothing nothing;
	int value;
};

struct flexible *make_flexible(void);
struct flexible use1;
struct embedded use2;
struct holds_nothing use3;
