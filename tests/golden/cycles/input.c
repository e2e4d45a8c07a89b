/* Records that point to each other in circles, directly and through typedefs and functions. */
struct list {
	struct list *next, **previous;
};

struct b;
typedef struct b b_t;
struct c;

struct a {
	b_t *b;
	struct a *(*clone)(const struct a *, struct c *);
};

struct b {
	struct a a;
	struct c *c;
	struct list list;
};

struct c {
	struct b b;
	b_t *others[2];
};

typedef struct {
	struct c *c;
	struct d *d;
} pair_t;

struct d {
	pair_t pair;
	pair_t *more;
};

struct c use1;
struct d use2;
