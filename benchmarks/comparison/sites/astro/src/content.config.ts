import { defineCollection, reference } from "astro:content";
import { glob } from "astro/loaders";
import { z } from "astro/zod";

const authors = defineCollection({
  loader: glob({ pattern: "*.json", base: "./src/content/authors" }),
  schema: z.object({ name: z.string() }),
});

const blog = defineCollection({
  loader: glob({ pattern: "**/*.{md,mdx}", base: "./src/content/blog" }),
  schema: ({ image }) =>
    z.object({
      title: z.string().min(1).max(70),
      description: z.string().max(160),
      pubDate: z.coerce.date(),
      updatedDate: z.coerce.date().optional(),
      day: z.date().optional(),
      tags: z.array(z.string()).max(5).default([]),
      category: z.enum(["note", "recipe"]),
      author: reference("authors").optional(),
      cover: image().optional(),
      rating: z.number().int().min(1).max(5).optional(),
      draft: z.boolean().default(false),
      mail: z.email().optional(),
      link: z.url().optional(),
      version: z.string().optional(),
      baker: z.object({ name: z.string(), url: z.url().optional() }).strict().optional(),
      picture: z.union([z.string(), z.object({ src: z.string(), alt: z.string() })]).optional(),
    }).strict(),
});

export const collections = { authors, blog };
