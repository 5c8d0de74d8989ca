"""What every post of this blog must have: the same as in src/content.config.ts."""

from pydantic import ConfigDict, Field

import postlint


class BlogPost(postlint.Post):
    """The annotations tell postlint which field is the date, the cover, the tags."""

    model_config = ConfigDict(extra="forbid")

    title: postlint.Title
    description: postlint.Description
    slug: postlint.Slug | None = None
    pub_date: postlint.PublishedDate = Field(alias="pubDate")
    updated_date: postlint.UpdatedDate | None = Field(None, alias="updatedDate")
    hero_image: postlint.ImagePath | None = Field(None, alias="heroImage")
    tags: postlint.Tags = Field([])
